import { isIP } from "node:net";
import { connect } from "node:tls";
import { limits } from "../limits.ts";

/** What a certificate says of itself. Texts are the other side's: neutralise them. */
export interface SeenCertificate {
  /** SHA-256, as `AB:CD:…` */
  fingerprint: string;
  /** Host names and addresses it is for. */
  names: string[];
  issuer: string;
  validFrom: string;
  validTo: string;
}

/** Looks at the certificate that a server shows, whatever it is worth; null when it shows none in time. Nothing is sent to it. */
export function peekCertificate(url: string): Promise<SeenCertificate | null> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      timeout: limits.connect,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const done = (seen: SeenCertificate | null): void => {
      resolve(seen);
      socket.destroy();
    };
    socket.once("timeout", () => done(null));
    socket.once("error", () => done(null));
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      if (!certificate) return done(null);
      const { fingerprint256: fingerprint, subjectAltName = "", issuer, validFrom, validTo } = certificate;
      const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(([, name = ""]) => name);
      done({ fingerprint, names, issuer, validFrom, validTo });
    });
  });
}
