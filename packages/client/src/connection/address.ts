import { ClientError } from "../client-error.ts";

const sockets: Record<string, string> = { "http:": "ws:", "https:": "wss:", "ws:": "ws:", "wss:": "wss:" };

/**
 * The address of the daemon's WebSocket: `https://host/prefix/` becomes `wss://host/prefix/ws`. Query and fragment are
 * left out.
 *
 * @throws ClientError `BAD_ADDRESS`
 */
export function socketAddress(url: string | URL): string {
  return `${baseAddress(url).href}ws`;
}

/**
 * The base of the daemon's REST addresses, with a slash at its end: `wss://host/prefix/ws` becomes `https://host/prefix/`.
 *
 * @throws ClientError `BAD_ADDRESS`
 */
export function restAddress(url: string | URL): string {
  return baseAddress(url).href.replace(/^ws/, "http");
}

function baseAddress(url: string | URL): URL {
  let address: URL;
  try {
    address = new URL(url);
  } catch (cause) {
    throw new ClientError(
      "BAD_ADDRESS",
      `"${String(url)}" is not a URL: use one like wss://host/ or http://127.0.0.1:3333/.`,
      {
        cause,
      },
    );
  }
  const protocol = sockets[address.protocol];
  if (!protocol || address.hostname === "") {
    throw new ClientError("BAD_ADDRESS", `"${address.protocol}" is not spoken here: use a ws, wss, http or https URL.`);
  }
  if (address.username !== "" || address.password !== "") {
    throw new ClientError("BAD_ADDRESS", "The URL holds a user name or a password: pass a token beside it instead.");
  }
  const folder = address.pathname.replace(/\/ws$/, "/").replace(/\/*$/, "/");
  return new URL(`${protocol}//${address.host}${folder}`);
}
