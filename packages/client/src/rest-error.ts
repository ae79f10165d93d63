import { ClientError } from "./client-error.ts";

/** An answer of the daemon's REST interface that is no success. */
export class RestError extends ClientError {
  /** The HTTP status. */
  readonly status: number;
  /** The file that it is about, such as the .envrc of `DIRENV_BLOCKED`. */
  readonly path: string | undefined;

  constructor(status: number, code: string, message: string, path?: string) {
    super(code, message);
    this.name = "RestError";
    this.status = status;
    this.path = path;
  }
}
