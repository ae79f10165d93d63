import { closeCodes, errorCodes } from "@pier/protocol/runtime";
import { ClientError } from "../client-error.ts";

/** How a link ended. */
export interface LinkEnd {
  error: ClientError;
  /** Whether another attempt would end the same way. */
  fatal: boolean;
}

/** Refusals that a further attempt cannot change. */
const fatalCloses = new Map<number, keyof typeof errorCodes>([
  [closeCodes.unauthenticated, "UNAUTHENTICATED"],
  [closeCodes.forbidden, "FORBIDDEN"],
  [closeCodes.incompatible, "INCOMPATIBLE_PROTOCOL"],
]);

/**
 * What a close means.
 *
 * @param refusal the error frame that came in place of `welcome`, if any: it says more than the close
 */
export function linkEnd(
  close: { code: number; reason: string },
  refusal: { code: string; message: string } | undefined,
): LinkEnd {
  const known = fatalCloses.get(close.code);
  if (known)
    return { error: new ClientError(known, refusal?.message ?? (close.reason || errorCodes[known])), fatal: true };
  if (refusal) {
    // Daemons of version 1 say it with another close code.
    return { error: new ClientError(refusal.code, refusal.message), fatal: refusal.code === "INCOMPATIBLE_PROTOCOL" };
  }
  const why = close.reason === "" ? `close code ${close.code}` : `${close.reason}, close code ${close.code}`;
  return { error: new ClientError("CONNECTION_LOST", `The connection was lost (${why}).`), fatal: false };
}
