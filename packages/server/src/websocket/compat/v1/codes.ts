/** Every error code of version 1; clients know no other. */
export type V1ErrorCode =
  | "INCOMPATIBLE_PROTOCOL"
  | "INVALID_HELLO"
  | "SESSION_NOT_FOUND"
  | "PI_PROCESS_ERROR"
  | "EXTENSION_UI_TIMEOUT"
  | "UNAUTHORIZED"
  | "INTERNAL_ERROR";

/** How connections end. The clients of version 1 come back by themselves after any of these, and get everything anew. */
export const closes = {
  shuttingDown: { code: 1001, reason: "server shutting down" },
  invalidHello: { code: 1002, reason: "invalid handshake" },
  incompatible: { code: 1002, reason: "incompatible protocol version" },
  refused: { code: 1008, reason: "refused" },
  piFailed: { code: 1011, reason: "pi failed" },
  /** Another client put another conversation in this one's place, and version 1 has no frame to say so. */
  replaced: { code: 1012, reason: "the conversation was replaced: connect again" },
  /** The client does not take what it is sent. */
  slow: { code: 1013, reason: "too slow: connect again" },
} as const;

export type Close = (typeof closes)[keyof typeof closes];

export const protocolVersion = 1;

/** An `error` frame. Only a mismatch of versions names the server's. */
export function errorFrame(code: V1ErrorCode, message: string): string {
  const serverVersion = code === "INCOMPATIBLE_PROTOCOL" ? { serverVersion: protocolVersion } : {};
  return JSON.stringify({ type: "error", code, message, ...serverVersion });
}
