import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { PierError } from "@pier/protocol";
import { errorSentence } from "./session/error-sentence.ts";

/**
 * Reads the daemon's certificate and key; undefined when neither is given.
 *
 * @throws PierError `BAD_REQUEST` when one is missing or they do not fit
 */
export function readCertificate(
  certFile: string | undefined,
  keyFile: string | undefined,
): { cert: string; key: string } | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    throw new PierError("BAD_REQUEST", "TLS needs both --tls-cert and --tls-key: give the other one too.");
  }
  try {
    const pair = { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
    createSecureContext(pair);
    return pair;
  } catch (cause) {
    throw new PierError("BAD_REQUEST", `The certificate or its key cannot be used: ${errorSentence(cause)}`, { cause });
  }
}
