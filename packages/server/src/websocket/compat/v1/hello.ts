import { closes } from "./codes.ts";
import { V1Refusal } from "./refusal.ts";

/** What a `hello` of version 1 says, as far as it counts. */
export interface V1Hello {
  /** The last seq that the client got on an earlier connection; absent on its first. */
  lastSeq?: number;
  token?: string;
}

/**
 * Parses a `hello` whose version is known to be 1. Version 1 never looked at the other members, so a missing `clientId`
 * is nobody's fault; one that is no text is.
 *
 * @throws V1Refusal `INVALID_HELLO`
 */
export function parseHello(text: string): V1Hello {
  const { clientId, lastSeq, auth } = JSON.parse(text) as Record<string, unknown>;
  if (clientId !== undefined && typeof clientId !== "string") throw invalid("clientId is no text: send a UUID");
  const token = (auth as { token?: unknown } | null | undefined)?.token;
  if (token !== undefined && typeof token !== "string") throw invalid("auth.token is no text");
  const seq = Number.isSafeInteger(lastSeq) ? (lastSeq as number) : 0;
  return {
    // Half of what is safe leaves room to count on.
    ...(seq > 0 && seq < Number.MAX_SAFE_INTEGER / 2 && { lastSeq: seq }),
    ...(token !== undefined && { token }),
  };
}

function invalid(what: string): V1Refusal {
  return new V1Refusal("INVALID_HELLO", `The hello does not fit: ${what}.`, closes.invalidHello);
}
