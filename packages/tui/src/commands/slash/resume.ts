import type { SessionRecord } from "@pier/protocol";
import { neutraliseLine } from "../../text/index.ts";
import { ago } from "../ago.ts";
import type { Choice, ClientCommand } from "../command.ts";

/** `/resume` */
export const resumeCommand: ClientCommand = {
  name: "resume",
  description: "Go to another session; this one goes on",
  async run({ attachment, rest, pick, wait, switchTo, say }) {
    const sessions = await wait("Asking for the sessions…", (signal) => rest.list({ signal }));
    const others = sessions.filter(({ id }) => id !== attachment.session).toSorted(byUse);
    const id = await pick({
      title: "Go to which session?",
      choices: others.map((session) => sessionChoice(session, Date.now())),
      empty: "This daemon has no other session: `pier new` starts one.",
    });
    const chosen = others.find((session) => session.id === id);
    if (!chosen) return;
    if (chosen.status === "closed") await wait("Starting pi again…", (signal) => rest.resume(chosen.id, { signal }));
    await switchTo(chosen.id);
    say(`This is ${titleOf(chosen)}. The session before goes on.`, "success");
  },
};

/** How a session is listed. */
export function sessionChoice(session: SessionRecord, now: number): Choice<string> {
  const { id, activity, attention, demo, model, working_dir, last_active_at } = session;
  const details = [
    attention ? `needs you: ${attention.reason}` : activity,
    ago(now - Date.parse(last_active_at)),
    demo ? "demo model" : model,
  ];
  return {
    value: id,
    label: titleOf(session),
    detail: details.filter(Boolean).map(String).map(neutraliseLine).join(" · "),
    group: neutraliseLine(working_dir),
  };
}

/** Live ones first, of the same the latest first; folders stay together in the order of their first. */
function byUse(a: SessionRecord, b: SessionRecord): number {
  return (
    Number(b.status === "live") - Number(a.status === "live") ||
    Date.parse(b.last_active_at) - Date.parse(a.last_active_at)
  );
}

function titleOf({ id, name, preview }: SessionRecord): string {
  return neutraliseLine(name ?? preview ?? "") || `session ${id.slice(0, 8)}`;
}
