/**
 * Whether an Origin header is the daemon's own page: the same scheme, host and port as the request went to. `null`, which
 * sandboxed frames and files send, never is.
 *
 * @param host the Host header, which was found to be allowed
 */
export function originAllowed(origin: string, host: string, tls: boolean): boolean {
  try {
    // URL drops the scheme's default port, as browsers do in Origin.
    return origin === new URL(`${tls ? "https" : "http"}://${host}`).origin;
  } catch {
    return false;
  }
}
