/** Limits of the store. Sizes are bytes, times are milliseconds. */
export const storeLimits = {
  /** A database up to this size is checked for damage when it is opened; a larger one only where it is read. */
  checkedDatabase: 64 * 1024 * 1024,
  /** How long a statement waits for another program that reads or writes the database. */
  busyWait: 1_000,
  /** One file of the audit log; a full one becomes `audit.1.jsonl`. */
  auditFile: 4 * 1024 * 1024,
  /** Full files of the audit log that are kept beside the current one. */
  auditFiles: 4,
  /** One entry of the audit log; a longer one loses its details. */
  auditEntry: 4 * 1024,
} as const;

/** Limits of devices, pairing and failed logins. Times are milliseconds. */
export const authLimits = {
  devices: 256,
  /** Characters of a device's name. */
  deviceName: 100,
  /** How often at most the last use of a device is written down. */
  lastUsedInterval: 60_000,
  /** How long a pairing code lives. */
  pairingLife: 5 * 60_000,
  /** Pairing codes that may wait at the same time. */
  pairingCodes: 16,
  /** Failed logins of one address before it has to wait. */
  freeFailures: 5,
  /** The first wait of an address; each further failure doubles it. */
  firstWait: 1_000,
  longestWait: 60_000,
  /** An address without failures for this long starts afresh. */
  forgetFailures: 15 * 60_000,
  /** Addresses whose failures are remembered; the one that failed longest ago makes room. */
  addresses: 1_024,
  /** Failures of all addresses together before everybody has to wait. */
  globalFailures: 60,
  /** One of them is forgiven in this time. */
  globalForgiveness: 2_000,
} as const;

/** Limits of the HTTP server. Sizes are bytes, times are milliseconds. */
export const httpLimits = {
  /** A JSON body. */
  body: 1024 * 1024,
  /** All headers of a request together. */
  headers: 16 * 1024,
  /** How long the headers, and then the whole of a request, may take to arrive. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  /** Characters of one segment of a path, decoded. */
  pathSegment: 500,
  /** Characters of a `path` query, the way to one string of a message. */
  bodyPath: 2_000,
  /** Entries of the audit log in one answer. */
  auditEntries: 500,
} as const;
