import { ClientError } from "./client-error.ts";

/** An answer of the daemon's REST interface that is no success. */
export class RestError extends ClientError {
  /** The HTTP status. */
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(code, message);
    this.name = "RestError";
    this.status = status;
  }
}
