import { randomUUID } from "node:crypto";
import { rawMember } from "@pier/protocol";
import { v1Limits } from "../../../limits.ts";
import type { Asker } from "../../../session/asker.ts";
import type { Session } from "../../../session/session.ts";

/** The data of pi's `get_state`, as pi writes it; undefined when pi does not say it in time. */
export function askState(session: Session): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asker: Asker = {
      clientId: `v1:${randomUUID()}`,
      reply(frame) {
        clearTimeout(timer);
        const payload = rawMember(frame, "payload") as string;
        resolve(
          (JSON.parse(payload) as { success?: unknown }).success === true ? rawMember(payload, "data") : undefined,
        );
      },
    };
    const timer = setTimeout(() => {
      session.forget(asker);
      resolve(undefined);
    }, v1Limits.state);
    session.command({ type: "get_state", id: null, text: '{"type":"get_state"}', asker });
  });
}
