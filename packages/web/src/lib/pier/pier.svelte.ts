import {
  type ClientError,
  connect,
  type ConnectionState,
  type Me,
  type PierConnection,
  RestClient,
  RestError,
} from "@pier/client";
import type { Scope } from "@pier/protocol";
import { scopes } from "@pier/protocol/runtime";
import { daemonAddress } from "./where.ts";

/** ms within which the daemon joins deltas: twenty updates a second read as smoothly as sixty. */
const coalesce = 50;

/** What is known about being signed in: nothing yet, yes, no (with the reason), or that the daemon does not answer. */
export type Access = "unknown" | "in" | "out" | "unreachable";

/** This page and its daemon: one REST client, one connection, who this device is. */
class Pier {
  readonly rest = new RestClient({ url: daemonAddress, fetch: (input, init) => this.#fetch(input, init) });
  access = $state<Access>("unknown");
  /** Why this device is not signed in, in words; empty at a first visit. */
  reason = $state("");
  me = $state.raw<Me | null>(null);
  state = $state.raw<ConnectionState>({ status: "connecting" });
  #connection = $state.raw<PierConnection | null>(null);
  #asked: Promise<void> | null = null;

  /** The connection; null until signed in. */
  get connection(): PierConnection | null {
    return this.#connection;
  }

  /** Whether this device may do what needs a scope. */
  may(scope: Scope): boolean {
    return this.me !== null && scopes.indexOf(this.me.device.scope) >= scopes.indexOf(scope);
  }

  /** Asks the daemon who this device is and connects. Calls at the same time share one request. */
  signIn(): Promise<void> {
    return (this.#asked ??= this.#ask().finally(() => (this.#asked = null)));
  }

  /** Uses a pairing code or the secret of a link. @throws RestError with the daemon's words */
  async pair(code: string, name: string): Promise<void> {
    await this.rest.pair(code, name);
    await this.signIn();
  }

  /** Gives this device's credential back. */
  async signOut(): Promise<void> {
    await this.rest.logout();
    this.#leave("");
  }

  /** Something answered that this device is not let in any more. */
  lostAccess(reason: string): void {
    if (this.access === "in") this.#leave(reason);
  }

  async #fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const response = await fetch(input, init);
    if (response.status === 401) this.lostAccess(revoked);
    return response;
  }

  async #ask(): Promise<void> {
    try {
      this.me = await this.rest.me();
      this.access = "in";
      this.reason = "";
      this.#open();
    } catch (error) {
      if (error instanceof RestError && (error.status === 401 || error.status === 403)) {
        // At a first visit there is nothing to explain.
        this.access = "out";
      } else {
        this.access = "unreachable";
        this.reason = error instanceof Error ? error.message : String(error);
      }
    }
  }

  #open(): void {
    if (this.#connection && this.#connection.state.status !== "closed") return;
    const connection = connect({
      url: daemonAddress,
      coalesce,
      client: { name: "web", version: this.me?.server.version ?? "" },
    });
    this.#connection = connection;
    this.state = connection.state;
    connection.onState((state) => {
      this.state = state;
      if (state.status === "closed" && isRefusal(state.reason)) this.#leave(revoked);
    });
  }

  #leave(reason: string): void {
    this.#connection?.close();
    this.#connection = null;
    this.me = null;
    this.reason = reason;
    this.access = "out";
  }
}

const revoked = "This device is not paired any more: its access was revoked, or it signed out in another tab.";

function isRefusal(error: ClientError): boolean {
  return error.code === "UNAUTHENTICATED" || error.code === "FORBIDDEN";
}

export const pier = new Pier();
