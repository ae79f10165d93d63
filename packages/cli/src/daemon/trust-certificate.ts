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
  if (given !== undefined) return { url, fingerprint: await mustShow(url, parseFingerprint(given)) };
  if (url.startsWith("http:")) return { url };
  const problem = await new DaemonApi({ url }, limits.probe).me().then(
    () => null,
    (error: unknown) => error,
  );
  if (!isCertificateProblem(problem)) return { url };
  const seen = await peekCertificate(url);
  if (!seen || !isInteractive(io)) throw await unreachable(url, problem);
  print(io, `${certificateProblem(url, reasonOf(problem), seen)}. It shows`);
  print(io, `  ${seen.fingerprint}`);
  print(io, `  for ${seen.names.map(neutraliseLine).join(", ") || "no name"}, until ${neutraliseLine(seen.validTo)}`);
  print(io, "Compare it with what `pier status` says on that machine: who can show another one reads all you send.");
  const answer = await ask(io, "Is it the same? yes/no ");
  if (answer?.toLowerCase() === "yes") return { url, fingerprint: seen.fingerprint };
  throw new CliError("Nothing was saved: without its certificate that daemon cannot be told from another.");
}

async function mustShow(url: string, fingerprint: string): Promise<string> {
  if (url.startsWith("http:"))
    throw new CliError("--fingerprint goes with https:// or wss://: without TLS there is no certificate.");
  const seen = await peekCertificate(url);
  if (seen && seen.fingerprint !== fingerprint)
    throw new CliError(`${hostKey(url)} shows another certificate, ${seen.fingerprint}: somebody may be in between.`);
  return fingerprint;
}

/** With or without colons, in any case. @throws CliError */
function parseFingerprint(text: string): string {
  const hex = text.replaceAll(":", "").toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(hex))
    throw new CliError(
      "--fingerprint takes the SHA-256 of the certificate, 64 hex digits: `pier status` there shows it.",
    );
  return hex.match(/../g)?.join(":") ?? hex;
}
