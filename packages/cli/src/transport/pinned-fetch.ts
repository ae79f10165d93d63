import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { Readable } from "node:stream";
import { PinnedAgent } from "./pinned-agent.ts";

/** A `fetch` over TLS to a daemon whose certificate is known by its fingerprint. It takes what our REST calls give: text or nothing as the body. */
export function pinnedFetch(fingerprint: string): typeof fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const address = input instanceof Request ? input.url : input;
      const { method = "GET", body } = init;
      const outgoing = request(address, {
        method,
        agent: new PinnedAgent(fingerprint),
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(init.signal && { signal: init.signal }),
      });
      const fail = (cause: Error): void => reject(new TypeError("fetch failed", { cause }));
      outgoing.once("error", fail);
      // Before it has a socket, a request hears of no signal.
      init.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error), { once: true });
      outgoing.once("response", (incoming) => {
        const { statusCode = 500 } = incoming;
        if (statusCode < 300 || statusCode >= 400) return resolve(toResponse(incoming, statusCode));
        incoming.resume();
        fail(new Error("unexpected redirect"));
      });
      outgoing.end(typeof body === "string" ? body : undefined);
    });
}

function toResponse(incoming: IncomingMessage, status: number): Response {
  const empty = status === 204 || status === 205;
  if (empty) incoming.resume();
  return new Response(empty ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>), {
    status,
    headers: Object.entries(incoming.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  });
}
