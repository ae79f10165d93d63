import { PierError } from "@pier/protocol";
import { errorSentence } from "../../../session/error-sentence.ts";
import { type Close, closes, errorFrame, type V1ErrorCode } from "./codes.ts";

/** Why a connection ends with an error of version 1. */
export class V1Refusal extends Error {
  readonly code: V1ErrorCode;
  readonly close: Close;

  constructor(code: V1ErrorCode, message: string, close: Close) {
    super(message);
    this.name = "V1Refusal";
    this.code = code;
    this.close = close;
  }
}

/** An error in the words of version 1: the frame to send, and how the connection ends. */
export function toRefusal(error: unknown): { frame: string; close: Close } {
  if (error instanceof V1Refusal) return { frame: errorFrame(error.code, error.message), close: error.close };
  const gone = error instanceof PierError && (error.code === "SESSION_NOT_FOUND" || error.code === "SESSION_CLOSED");
  return {
    frame: errorFrame(gone ? "SESSION_NOT_FOUND" : "PI_PROCESS_ERROR", errorSentence(error)),
    close: closes.piFailed,
  };
}
