import type { ErrorCode } from "./codes.ts";

export interface PierErrorOptions {
  cause?: unknown;
  /** The file that it is about, for codes that promise one. */
  path?: string;
}

/** An error with a code of `codes.ts` and a sentence that says what is wrong and what would be right. */
export class PierError extends Error {
  readonly code: ErrorCode;
  /** The file that it is about, for codes that promise one. */
  readonly path: string | undefined;

  constructor(code: ErrorCode, message: string, options: PierErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "PierError";
    this.code = code;
    this.path = options.path;
  }
}
