import { PierError, type Scope } from "@pier/protocol";
import { authLimits } from "../limits.ts";
import type { Device } from "./device.ts";
import type { Failures } from "./failures.ts";
import { createPairingCode, parsePairingCode } from "./pairing-code.ts";
import { RateLimited } from "./rate-limited.ts";
import { createToken, hashSecret, isToken } from "./tokens.ts";

export interface MintedPairing {
  /** To type: `ABCD-EFGH`. */
  code: string;
  /** For the fragment of a link: `<base>/#pair=<secret>`. */
  secret: string;
  /** ms since 1970. */
  expiresAt: number;
}

export interface NewDevice {
  scope: Scope;
  name: string;
  address: string;
}

interface Waiting {
  secretHash: string;
  codeHash: string;
  scope: Scope;
  name: string | undefined;
  expiresAt: number;
}

interface PairingParts {
  now: () => number;
  failures: Failures;
  /** Makes the device and its token. @throws PierError */
  addDevice: (device: NewDevice) => { device: Device; token: string };
}

/** Codes by which a new device gets a token of its own. They live in memory: a restart of the daemon voids them. */
export class Pairing {
  readonly #parts: PairingParts;
  /** Oldest first. */
  readonly #waiting = new Set<Waiting>();

  constructor(parts: PairingParts) {
    this.#parts = parts;
  }

  /** Makes a code for one device. The oldest makes room when too many wait. */
  mint({ scope, name }: { scope: Scope; name?: string | undefined }): MintedPairing {
    this.#dropExpired();
    const [oldest] = this.#waiting;
    if (oldest && this.#waiting.size >= authLimits.pairingCodes) this.#waiting.delete(oldest);
    const code = createPairingCode();
    const secret = createToken();
    const expiresAt = this.#parts.now() + authLimits.pairingLife;
    this.#waiting.add({ secretHash: hashSecret(secret), codeHash: hashSecret(code), scope, name, expiresAt });
    return { code, secret, expiresAt };
  }

  /**
   * Takes a code, or the secret of a link, for a new device. Each works once.
   *
   * @throws PierError `RATE_LIMITED`, `UNAUTHENTICATED`, `CONFLICT` when there are too many devices
   */
  exchange(
    secretOrCode: string,
    from: { address: string; name?: string | undefined },
  ): { device: Device; token: string } {
    const { failures, addDevice } = this.#parts;
    const wait = failures.waitOf(from.address);
    // A short code can be guessed, so even a right one has to wait; 256 bits cannot, and the link stays of use meanwhile.
    const found = wait > 0 && !isToken(secretOrCode) ? undefined : this.#find(secretOrCode);
    if (!found && wait > 0) throw new RateLimited(wait);
    if (!found) {
      failures.add(from.address);
      throw new PierError(
        "UNAUTHENTICATED",
        "The pairing code is wrong, was used, or is older than five minutes: make a new one with `pier pair`.",
      );
    }
    // Taken before anything else happens, so that of two at once one finds it gone.
    this.#waiting.delete(found);
    try {
      const added = addDevice({
        scope: found.scope,
        name: from.name ?? found.name ?? "new device",
        address: from.address,
      });
      failures.clear(from.address);
      return added;
    } catch (error) {
      // Nobody got a token, so the code may be tried again.
      this.#waiting.add(found);
      throw error;
    }
  }

  /** Codes that wait. */
  get size(): number {
    this.#dropExpired();
    return this.#waiting.size;
  }

  #find(secretOrCode: string): Waiting | undefined {
    this.#dropExpired();
    const typed = parsePairingCode(secretOrCode);
    const hash = hashSecret(typed ?? secretOrCode);
    return [...this.#waiting].find(({ secretHash, codeHash }) => hash === (typed ? codeHash : secretHash));
  }

  #dropExpired(): void {
    const now = this.#parts.now();
    for (const waiting of this.#waiting) if (waiting.expiresAt <= now) this.#waiting.delete(waiting);
  }
}
