import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { PierError } from "@pier/protocol";
import { errorSentence } from "./session/error-sentence.ts";

export interface Certificate {
  cert: string;
  key: string;
  /** SHA-256 of the certificate itself, as `AB:CD:…`. */
  fingerprint: string;
}

/**
 * Reads the daemon's certificate and key; undefined when neither is given.
 *
 * @throws PierError `BAD_REQUEST` when one is missing or they do not fit
 */
export function readCertificate(certFile: string | undefined, keyFile: string | undefined): Certificate | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    throw new PierError("BAD_REQUEST", "TLS needs both --tls-cert and --tls-key: give the other one too.");
  }
  try {
    const pair = { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
    createSecureContext(pair);
    return { ...pair, fingerprint: new X509Certificate(pair.cert).fingerprint256 };
  } catch (cause) {
    throw new PierError("BAD_REQUEST", `The certificate or its key cannot be used: ${errorSentence(cause)}`, { cause });
  }
}
