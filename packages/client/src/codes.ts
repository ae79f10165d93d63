/** The codes of errors that the client raises by itself, beside those of the protocol. */
export const clientErrorCodes = {
  BAD_ADDRESS: "The address is no URL that a connection could be opened to.",
  CONNECTION_LOST: "The connection was lost, or could not be opened.",
  CLOSED: "The connection was closed by this program.",
  DETACHED: "The attachment was ended by this program.",
  ATTACHED_ALREADY: "The connection has an attachment to that session.",
} as const;

export type ClientErrorCode = keyof typeof clientErrorCodes;
