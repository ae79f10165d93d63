/** Every error code a frame or a REST answer may carry, with what it means. */
export const errorCodes = {
  BAD_FRAME: "The frame is not JSON, not an object, or lacks a field.",
  FRAME_TOO_LARGE: "The frame is larger than the limit.",
  HELLO_EXPECTED: "The first frame must be hello.",
  HELLO_TIMEOUT: "No hello came in time.",
  INCOMPATIBLE_PROTOCOL: "The protocol version is not spoken here.",
  UNAUTHENTICATED: "No valid credential was shown.",
  FORBIDDEN: "The credential does not cover this, or the origin is not allowed.",
  TOO_MANY: "A limit on connections, attachments, frames or pending commands was reached.",
  SESSION_NOT_FOUND: "There is no such session.",
  SESSION_CLOSED: "The session is closed; resume it first.",
  SESSION_START_FAILED: "pi did not start; its own words are in the message.",
  DIRENV_BLOCKED: "An .envrc was not approved; its path is in `path`, direnv's own words in the message.",
  SETUP_BLOCKED: "A project's set-up command was not approved; the file that names it is in `path`.",
  SESSION_BUSY: "Another change of this session is under way.",
  NOT_ATTACHED: "The connection is not attached to that session.",
  DIALOG_NOT_FOUND: "The dialog was answered already, expired, or never existed.",
  HISTORY_GONE: "The position asked for is not known any more; attach anew.",
  PI_NOT_FOUND: "No pi was found.",
  PI_UNUSABLE: "The pi that was found is too old, or does not run.",
  PI_EXITED: "pi ended before it answered.",
  BAD_REQUEST: "The request lacks a field or has one that does not fit.",
  NOT_FOUND: "There is nothing at that address.",
  CONFLICT: "The request does not fit the present state.",
  TOO_LARGE: "The body is larger than the limit.",
  UNSUPPORTED_MEDIA_TYPE: "The body must be JSON, or a form where files are uploaded.",
  RATE_LIMITED: "Too many attempts; wait and try again.",
  STORAGE: "Something could not be written to disk.",
  INTERNAL: "Something unexpected went wrong in the daemon; its log says more.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** WebSocket close codes of protocol version 2. */
export const closeCodes = {
  restarting: 1012,
  tooLarge: 1009,
  badFrame: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  helloTimeout: 4408,
  incompatible: 4426,
  tooMany: 4429,
} as const;

/** What a close code tells the client, and what to do then. */
export const closeCodeMeanings: Readonly<Record<keyof typeof closeCodes, string>> = {
  restarting: "The daemon stops or restarts; connect again and attach with the cursor.",
  tooLarge: "A frame was larger than the limit; send files over REST.",
  badFrame: "The first frame was no valid `hello`.",
  unauthenticated: "No valid credential was shown, or it was withdrawn; do not try again with the same one.",
  forbidden: "The origin is not allowed, or the credential does not cover a connection.",
  helloTimeout: "No `hello` came in time.",
  incompatible: "The protocol version is not spoken here.",
  tooMany: "A limit on connections or frames was reached; wait before trying again.",
};
