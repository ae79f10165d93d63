/** What it takes to speak to a daemon. */
export interface Access {
  /** As http or https, with its path prefix and without a slash at the end. */
  url: string;
  /** Absent before this machine was paired. */
  token?: string;
  /** SHA-256 of the one certificate that is right, whoever signed it, as `AB:CD:…`; the usual rules hold without it. */
  fingerprint?: string;
}
