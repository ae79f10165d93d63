import { Agent } from "node:https";
import type { Duplex } from "node:stream";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { limits } from "../limits.ts";
import { TimeoutError } from "./fetch-of.ts";

/** Connections that are given out once the other side has shown the certificate with a fingerprint, before anything is sent. */
export class PinnedAgent extends Agent {
  readonly #fingerprint: string;

  constructor(fingerprint: string) {
    super({ keepAlive: false });
    this.#fingerprint = fingerprint;
  }

  override createConnection(
    options: ConnectionOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    // Neither who signed it nor the names in it matter: it is this one or none.
    const socket = connect({ ...options, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] });
    const done = (error: Error | null): void => {
      clearTimeout(timer);
      socket.off("error", done);
      if (error) {
        socket.on("error", () => {});
        socket.destroy();
      }
      // The stream is not looked at when there is an error.
      callback?.(error, socket);
    };
    const timer = setTimeout(() => done(new TimeoutError(limits.connect)), limits.connect);
    socket.once("error", done);
    socket.once("secureConnect", () => done(this.#check(socket)));
  }

  #check(socket: TLSSocket): Error | null {
    const shown = socket.getPeerX509Certificate()?.fingerprint256;
    return shown === this.#fingerprint ? null : new CertificateChangedError(shown);
  }
}

/** The other side shows another certificate than the one that is known. */
class CertificateChangedError extends Error {
  readonly code = "CERTIFICATE_CHANGED";
  /** Of the one it shows. */
  readonly fingerprint: string | undefined;

  constructor(fingerprint: string | undefined) {
    super("the certificate is another one than before");
    this.name = "CertificateChangedError";
    this.fingerprint = fingerprint;
  }
}
