import { type ErrorCode, PierError } from "@pier/protocol";

export interface ErrorAnswer {
  status: number;
  code: ErrorCode;
  message: string;
  /** The file that it is about. */
  path?: string;
}

/** The HTTP status of every code. */
export const statusOf: Record<ErrorCode, number> = {
  BAD_FRAME: 400,
  FRAME_TOO_LARGE: 413,
  HELLO_EXPECTED: 400,
  HELLO_TIMEOUT: 408,
  INCOMPATIBLE_PROTOCOL: 426,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_MANY: 429,
  SESSION_NOT_FOUND: 404,
  SESSION_CLOSED: 409,
  SESSION_START_FAILED: 409,
  DIRENV_BLOCKED: 409,
  SETUP_BLOCKED: 409,
  SESSION_BUSY: 409,
  NOT_ATTACHED: 409,
  DIALOG_NOT_FOUND: 404,
  HISTORY_GONE: 410,
  PI_NOT_FOUND: 409,
  PI_UNUSABLE: 409,
  PI_EXITED: 409,
  BAD_REQUEST: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  STORAGE: 507,
  INTERNAL: 500,
};

/** What an error is answered with. Only errors that were meant for people are shown; others stay in the log. */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof PierError)
    return { ...answer(error.code, error.message), ...(error.path !== undefined && { path: error.path }) };
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = fastifyErrors[code ?? ""];
  if (known) return answer(...known);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return answer("BAD_REQUEST", "The body is not JSON that fits: send one JSON object.");
  }
  return answer("INTERNAL", "Something unexpected went wrong in the daemon; its log says more.");
}

function answer(code: ErrorCode, message: string): ErrorAnswer {
  return { status: statusOf[code], code, message };
}

const fastifyErrors: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["TOO_LARGE", "The body is too large: send at most 1 MiB of JSON."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["UNSUPPORTED_MEDIA_TYPE", "The body must be JSON: send it as application/json."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["BAD_REQUEST", "The body is shorter or longer than Content-Length says."],
  FST_ERR_BAD_URL: ["BAD_REQUEST", "The path is not encoded correctly: percent-encode it as UTF-8."],
  FST_ERR_ASYNC_CONSTRAINT: ["BAD_REQUEST", "The request does not fit."],
  FST_ERR_MAX_PARAM_LENGTH: ["NOT_FOUND", "There is nothing at that address."],
};
