import type { SessionRecord } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import type { Io } from "../io.ts";
import { age } from "../text/age.ts";
import { homePath } from "../text/home-path.ts";
import type { Paint } from "../text/style.ts";
import { table } from "../text/table.ts";
import { shortIds } from "./short-ids.ts";

export interface TableOptions {
  env: Io["env"];
  now: number;
  paint: Paint;
  /** Ids by which short ones are told apart, when they are more than those shown. */
  ids?: readonly string[];
}

/** Sessions as a table, in the order given. */
export function sessionsTable(sessions: readonly SessionRecord[], { env, now, paint, ids }: TableOptions): string[] {
  const short = shortIds(ids ?? sessions.map(({ id }) => id));
  const rows = sessions.map((session) => [
    short.get(session.id) ?? session.id,
    session.activity,
    neutraliseLine(session.name ?? ""),
    neutraliseLine(homePath(session.working_dir, env)),
    modelOf(session),
    age(Math.max(0, now - Date.parse(session.last_active_at))),
    attentionOf(session),
  ]);
  const [title = "", ...lines] = table(columns, rows);
  return [
    paint(title, "dim"),
    ...lines.map((line, at) => {
      const session = sessions[at];
      if (session?.attention) return paint(line, "warning");
      return paint(line, session?.status === "closed" ? "dim" : "plain");
    }),
  ];
}

/** Those that need somebody first, live before closed, then the latest active. */
export function compareRecords(a: SessionRecord, b: SessionRecord): number {
  return (
    Number(b.attention !== null) - Number(a.attention !== null) ||
    Number(b.status === "live") - Number(a.status === "live") ||
    Date.parse(b.last_active_at) - Date.parse(a.last_active_at) ||
    (a.id < b.id ? -1 : 1)
  );
}

const columns = [
  { title: "ID" },
  { title: "STATE" },
  { title: "NAME", max: 28 },
  { title: "FOLDER", max: 40 },
  { title: "MODEL", max: 28 },
  { title: "AGE", align: "right" },
  { title: "NEEDS YOU", max: 60 },
] as const;

function modelOf({ demo, model }: SessionRecord): string {
  return demo ? "demo model" : neutraliseLine(model ?? "");
}

function attentionOf({ attention }: SessionRecord): string {
  if (!attention) return "";
  const text = neutraliseLine(attention.text ?? "");
  return text === "" ? attention.reason : `${attention.reason}: ${text}`;
}
