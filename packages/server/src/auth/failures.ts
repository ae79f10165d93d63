import { authLimits } from "../limits.ts";
import { addressBlock } from "./addresses.ts";

interface Record {
  count: number;
  lastAt: number;
  blockedUntil: number;
}

/**
 * Counts failed logins, per address and of all together, and says how long the next attempt has to wait. Its memory
 * is bounded; the limit on all together holds against somebody who has more addresses than are remembered.
 */
export class Failures {
  readonly #now: () => number;
  /** By address block, the one that failed longest ago first. */
  readonly #records = new Map<string, Record>();
  #total = 0;
  #totalAt: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#totalAt = now();
  }

  /** Milliseconds until an attempt from `address` may be looked at; 0 for at once. */
  waitOf(address: string): number {
    return Math.max(this.#waitOfAddress(address), this.#waitOfAll());
  }

  /** Counts a failed attempt. */
  add(address: string): void {
    this.#forgive();
    this.#total = Math.min(this.#total + 1, authLimits.globalFailures);
    const now = this.#now();
    const key = addressBlock(address);
    const count = (this.#recordOf(key)?.count ?? 0) + 1;
    const beyond = count - authLimits.freeFailures;
    const wait = beyond < 0 ? 0 : Math.min(authLimits.firstWait * 2 ** beyond, authLimits.longestWait);
    this.#records.delete(key);
    this.#records.set(key, { count, lastAt: now, blockedUntil: now + wait });
    const [oldest] = this.#records.keys();
    if (this.#records.size > authLimits.addresses && oldest !== undefined) this.#records.delete(oldest);
  }

  /** Forgets the failures of an address that showed that it is a friend. */
  clear(address: string): void {
    this.#records.delete(addressBlock(address));
  }

  /** Addresses that are remembered. */
  get size(): number {
    return this.#records.size;
  }

  #waitOfAddress(address: string): number {
    return Math.max(0, (this.#recordOf(addressBlock(address))?.blockedUntil ?? 0) - this.#now());
  }

  #waitOfAll(): number {
    this.#forgive();
    return this.#total < authLimits.globalFailures ? 0 : this.#totalAt + authLimits.globalForgiveness - this.#now();
  }

  #recordOf(key: string): Record | undefined {
    const record = this.#records.get(key);
    return record && this.#now() - record.lastAt < authLimits.forgetFailures ? record : undefined;
  }

  #forgive(): void {
    const now = this.#now();
    const forgiven = Math.floor((now - this.#totalAt) / authLimits.globalForgiveness);
    if (forgiven <= 0) return;
    this.#total = Math.max(0, this.#total - forgiven);
    this.#totalAt = this.#total === 0 ? now : this.#totalAt + forgiven * authLimits.globalForgiveness;
  }
}
