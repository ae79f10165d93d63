import { PierError } from "@pier/protocol";

/** Too many failed logins. */
export class RateLimited extends PierError {
  /** Seconds until the next attempt is looked at, for `Retry-After`. */
  readonly retryAfter: number;

  /** @param wait in milliseconds */
  constructor(wait: number) {
    const retryAfter = Math.max(1, Math.ceil(wait / 1_000));
    super("RATE_LIMITED", `Too many failed attempts: try again in ${retryAfter} s.`);
    this.retryAfter = retryAfter;
  }
}
