import type { ErrorCode } from "./codes.ts";

/** An error with a code of `codes.ts` and a sentence that says what is wrong and what would be right. */
export class PierError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "PierError";
    this.code = code;
  }
}
