import { ClientError } from "@pier/client";
import { neutraliseLine } from "@pier/tui/text";
import { ask } from "../attach/input/ask.ts";
import { CliError } from "../cli-error.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { limits } from "../limits.ts";
import { peekCertificate } from "../transport/peek-certificate.ts";
import { certificateProblem, isCertificateProblem, reasonOf, unreachable } from "../transport/unreachable.ts";
import type { Access } from "./access.ts";
import { hostKey } from "./address.ts";
import { DaemonApi } from "./daemon-api.ts";

/**
 * How to know a daemon by its certificate: by the usual rules where they hold, otherwise by a fingerprint that a person
 * compared, or gave.
 *
 * @throws CliError when nobody vouches for it
 */
export async function trustCertificate(io: Io, url: string, given: string | undefined): Promise<Access> {
  if (url.startsWith("http:")) {
    if (given === undefined) return { url };
    throw new CliError("--fingerprint goes with https:// or wss://: without TLS there is no certificate.");
  }
  const access = given === undefined ? { url } : { url, fingerprint: parseFingerprint(given) };
  const problem = await lossOf(access);
  if (problem === null) return access;
  const seen = isCertificateProblem(problem) ? await peekCertificate(url) : null;
  if (!seen) throw await unreachable(url, problem);
  if (given !== undefined)
    throw new CliError(`${hostKey(url)} shows another certificate, ${seen.fingerprint}: somebody may be in between.`);
  if (!isInteractive(io)) throw await unreachable(url, problem);
  print(io, `${certificateProblem(url, reasonOf(problem), seen)}. It shows`);
  print(io, `  ${seen.fingerprint}`);
  print(io, `  for ${seen.names.map(neutraliseLine).join(", ") || "no name"}, until ${neutraliseLine(seen.validTo)}`);
  print(io, "Compare it with what `pier pair` shows on that machine: who can show another one reads all you send.");
  const answer = await ask(io, "Is it the same? yes/no ");
  if (answer?.toLowerCase() === "yes") return { url, fingerprint: seen.fingerprint };
  throw new CliError("Nothing was saved: without its certificate that daemon cannot be told from another.");
}

/** Why no connection could be made; null when one could, whoever answered. */
async function lossOf(access: Access): Promise<unknown> {
  try {
    await new DaemonApi(access, limits.probe).me();
    return null;
  } catch (error) {
    return error instanceof ClientError && error.code === "CONNECTION_LOST" ? error : null;
  }
}

/** With or without colons, in any case. @throws CliError */
function parseFingerprint(text: string): string {
  const hex = text.replaceAll(":", "").toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(hex))
    throw new CliError(
      "--fingerprint takes the SHA-256 of the certificate, 64 hex digits: `pier pair` there shows it.",
    );
  return hex.match(/../g)?.join(":") ?? hex;
}
