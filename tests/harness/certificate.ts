import { execFileSync, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files of a certificate made for a test. */
export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
  /** SHA-256, as `AB:CD:…` */
  fingerprint: string;
}

export interface CertificateOptions {
  /** Names and addresses it is for, such as `DNS:pier.example`; of an authority, none. */
  names?: readonly string[];
  /** Who signs it; itself when absent. */
  issuer?: Certificate;
  expired?: boolean;
}

/** Makes a certificate with openssl, in a folder within another. */
export function makeCertificate(parent: string, { names, issuer, expired = false }: CertificateOptions): Certificate {
  const folder = mkdtempSync(join(parent, "tls-"));
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", keyFile];
  openssl("req", "-new", ...key, "-subj", "/CN=a test of Pier", "-out", "request.pem");
  const extensions = names ? `subjectAltName=${names.join(",")}` : "basicConstraints=critical,CA:TRUE";
  writeFileSync(join(folder, "extensions"), `${extensions}\n`);
  openssl(
    "x509",
    "-req",
    "-in",
    "request.pem",
    "-extfile",
    "extensions",
    "-out",
    certFile,
    ...(issuer ? ["-CA", issuer.certFile, "-CAkey", issuer.keyFile, "-set_serial", "2"] : ["-signkey", keyFile]),
    ...(expired ? past() : ["-days", "30"]),
  );
  const cert = readFileSync(certFile, "utf8");
  const { fingerprint256: fingerprint } = new X509Certificate(cert);
  return { certFile, keyFile, cert, key: readFileSync(keyFile, "utf8"), fingerprint };
}

/** Newer versions of openssl take dates, older ones a negative span. */
function past(): string[] {
  const { stdout, stderr } = spawnSync("openssl", ["x509", "-help"], { encoding: "utf8" });
  const takesDates = (stdout + stderr).includes("-not_after");
  return takesDates ? ["-not_before", "20200101000000Z", "-not_after", "20200102000000Z"] : ["-days", "-1"];
}
