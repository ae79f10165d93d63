import { rawMember } from "@pier/protocol/runtime";
import { jsonItems } from "../text/json-items.ts";
import type { SocketClass } from "../transport/web-socket-of.ts";

/**
 * A WebSocket class whose sockets hand over pi's records of one session, as pi wrote them and each once: what is replayed
 * after a lost connection was not seen before.
 */
export function recordSocket(WebSocket: SocketClass, session: string, onRecord: (record: string) => void): SocketClass {
  let seq = 0;
  const take = (text: string): void => {
    const frame = JSON.parse(text) as { type?: unknown; session?: unknown; seq?: unknown };
    if (frame.session !== session || typeof frame.seq !== "number") return;
    if (frame.type === "attached") {
      // What was said before is not asked for; after a lost connection, the first of the missed records follows.
      if (seq === 0) seq = frame.seq;
      return;
    }
    if (frame.seq <= seq) return;
    if (frame.type === "event") onRecord(rawMember(text, "payload") ?? "");
    else if (frame.type === "events")
      for (const record of jsonItems(rawMember(text, "payloads") ?? "[]")) onRecord(record);
    else if (frame.type === "extension_ui_request") onRecord(text);
    else return;
    seq = frame.seq;
  };
  return class extends WebSocket {
    constructor(url: string) {
      super(url);
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string") take(data);
      });
    }
  };
}
