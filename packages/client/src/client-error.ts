import type { ErrorCode } from "@pier/protocol";
import type { ClientErrorCode } from "./codes.ts";

/** An error of the connection, of an attachment or of the protocol. */
export class ClientError extends Error {
  /** One of the client's own codes, or the daemon's as it sent it: a newer daemon may have others. */
  readonly code: ErrorCode | ClientErrorCode | (string & {});

  constructor(code: ErrorCode | ClientErrorCode | (string & {}), message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "ClientError";
    this.code = code;
  }
}
