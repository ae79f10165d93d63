import { neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { hostKey } from "../daemon/address.ts";
import { peekCertificate, type SeenCertificate } from "./peek-certificate.ts";

/** Says in one sentence why a daemon could not be reached. Of a certificate that is not right it says what is wrong with it. */
export async function unreachable(url: string, error: unknown): Promise<CliError> {
  const code = reasonOf(error);
  const options = { cause: error };
  if (code === "CERTIFICATE_CHANGED") return new CliError(changed(url), options);
  if (certificateCodes.has(code)) {
    return new CliError(`${certificateProblem(url, code, await peekCertificate(url))}: ${whatToDo(code)}`, options);
  }
  return new CliError((sentences[code] ?? sentences.OTHER)(url, code), options);
}

/** Whether it is the certificate that is in the way, so that a person might vouch for it. */
export function isCertificateProblem(error: unknown): boolean {
  const code = reasonOf(error);
  return code === "CERTIFICATE_CHANGED" || certificateCodes.has(code);
}

/** What is wrong with a certificate, without a full stop. */
export function certificateProblem(url: string, code: string, seen: SeenCertificate | null): string {
  const host = hostKey(url);
  const { hostname } = new URL(url);
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID": {
      const names = seen?.names.slice(0, 4).map(neutraliseLine).join(", ") || "no name at all";
      return `The certificate of ${host} is for ${names}, not for ${hostname}`;
    }
    case "CERT_HAS_EXPIRED":
      return `The certificate of ${host} has expired${seen ? ` (${neutraliseLine(seen.validTo)})` : ""}`;
    case "CERT_NOT_YET_VALID":
      return `The certificate of ${host} is not valid yet${seen ? ` (from ${neutraliseLine(seen.validFrom)})` : ""}`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return `The certificate of ${host} is self-signed, so nobody vouches for it`;
    default:
      return `The certificate of ${host} was issued by somebody this machine does not know${code === "" ? "" : ` (${code})`}`;
  }
}

/** The system's or TLS's word for what happened, from the innermost cause that has one; `""` when there is none. */
export function reasonOf(error: unknown): string {
  let found = "";
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === "string" && code !== "CONNECTION_LOST") found = code;
    if (at.message === "unexpected redirect") found = "REDIRECT";
    if (at.message === "bad port") found = "BAD_PORT";
    // Several addresses were tried; one says enough.
    if (at instanceof AggregateError && at.errors.length > 0) found = reasonOf(at.errors[0]) || found;
  }
  return found;
}

const certificateCodes: ReadonlySet<string> = new Set([
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_CHAIN_TOO_LONG",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function whatToDo(code: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return "use a name that it is for, or vouch for it with `pier hosts add`.";
  if (code === "CERT_HAS_EXPIRED") return "that side needs a new one, or vouch for it with `pier hosts add`.";
  if (code === "CERT_NOT_YET_VALID") return "is the clock right, here and there?";
  return "vouch for it with `pier hosts add`, or name your own authority in NODE_EXTRA_CA_CERTS.";
}

function changed(url: string): string {
  return `${hostKey(url)} shows another certificate than the one you vouched for: somebody may be in between; if it was renewed, compare it anew with \`pier hosts add ${url}\`.`;
}

type Sentence = (url: string, code: string) => string;

const noAnswer: Sentence = (url) =>
  `${url} does not answer: is the address right, and does no firewall stand in between?`;
const noTls: Sentence = (url) =>
  `What answers at ${url} does not speak TLS: try http:// if a VPN or a tunnel encrypts.`;
const noName: Sentence = (url) =>
  `There is no host named ${new URL(url).hostname}: is the address right, and the network there?`;
const cutOff: Sentence = (url) =>
  `What answers at ${url} hangs up without a word: is it a Pier daemon${url.startsWith("http:") ? ", and should it be https://" : ""}?`;

const sentences: Record<string, Sentence> & { OTHER: Sentence } = {
  OTHER: (url) => `No daemon answers at ${url}: is the address right, and does \`pier serve\` run there?`,
  ENOTFOUND: noName,
  EAI_AGAIN: noName,
  EAI_NONAME: noName,
  ETIMEDOUT: noAnswer,
  UND_ERR_CONNECT_TIMEOUT: noAnswer,
  UND_ERR_HEADERS_TIMEOUT: noAnswer,
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  EHOSTDOWN: noAnswer,
  ECONNRESET: cutOff,
  UND_ERR_SOCKET: cutOff,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  EPROTO: noTls,
  BAD_PORT: (url) =>
    `Port ${new URL(url).port} belongs to another protocol, so that no client speaks HTTP to it: let the daemon listen on another.`,
  REDIRECT: (url) => `What answers at ${url} sends to another address: give that one.`,
};
