/** Browsers forget a cookie after 400 days at the latest. */
const maxAge = 400 * 24 * 60 * 60;

interface CookiePlace {
  /** Whether the browser speaks TLS. */
  tls: boolean;
  port: number;
  /** The prefix under which Pier is served; "" for none. */
  basePath: string;
}

/** The value of `Set-Cookie` for a token. */
export function setCookie(token: string, place: CookiePlace): string {
  return `${cookieName(place)}=${token}; ${attributes(place)}; Max-Age=${maxAge}`;
}

/** The value of `Set-Cookie` that removes it. */
export function clearCookie(place: CookiePlace): string {
  return `${cookieName(place)}=; ${attributes(place)}; Max-Age=0`;
}

/** The token in a `Cookie` header; null when there is none. */
export function readCookie(header: string | undefined, place: CookiePlace): string | null {
  const start = `${cookieName(place)}=`;
  const found = header
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start));
  return found?.slice(start.length) || null;
}

function attributes({ tls, basePath }: CookiePlace): string {
  return `Path=${basePath || "/"}; HttpOnly; SameSite=Strict${tls ? "; Secure" : ""}`;
}

/**
 * The cookie that carries a browser's token. Cookies do not tell ports apart, so the port is in the name; under TLS a
 * prefix in the name has the browser refuse one that was set in the clear or by a neighbouring name.
 */
function cookieName({ tls, port, basePath }: CookiePlace): string {
  const prefix = tls ? (basePath === "" ? "__Host-" : "__Secure-") : "";
  return `${prefix}pier_${port}`;
}
