import { body, list, number, record, string } from "@pier/client/messages";
import type { TranscriptItem } from "@pier/protocol";
import { contentOf, joined } from "./content.ts";
import type { PartRow, ToolRow } from "./row.ts";
import { stopReason } from "./stop-reason.ts";

/** Where a row belongs, and how the rows of one message are named. */
export interface Place {
  base: string;
  turn: string;
}

/** The rows of a finished message; none for the result of a tool, which belongs to its call. */
export function finishedRows({ key: item, entry, message }: TranscriptItem, { base, turn }: Place): PartRow[] {
  const members = record(message);
  const key = base;
  switch (message.role) {
    case "user": {
      const { texts, images } = contentOf(members["content"]);
      return [{ kind: "user", key, turn, item, entry, text: joined(texts), images, time: timeOf(message) }];
    }
    case "assistant":
      return assistantRows(members, { base, turn });
    case "bashExecution":
      return [{ kind: "shell", key, turn, ...shellOf(members) }];
    case "custom": {
      const { texts, images } = contentOf(members["content"]);
      const label = string(members["customType"]).slice(0, 100) || "extension";
      return [{ kind: "custom", key, turn, label, text: joined(texts), images }];
    }
    case "compactionSummary":
    case "branchSummary": {
      const of = message.role === "branchSummary" ? "branch" : "compaction";
      const tokensBefore = number(members["tokensBefore"]);
      return [{ kind: "summary", key, turn, of, text: body(members["summary"]) ?? "", tokensBefore }];
    }
    default:
      return [{ kind: "card", key, turn, ...cardOf(members) }];
  }
}

/** When a message was written, in ms since 1970. */
export function timeOf(message: object): number | undefined {
  return number(record(message)["timestamp"]);
}

function assistantRows(message: Record<string, unknown>, { base, turn }: Place): PartRow[] {
  const text = body(message["content"]);
  const stop = stopReason(message);
  const isRun = stop === null || stop.why === "length";
  const rows: PartRow[] =
    text !== undefined
      ? [{ kind: "prose", key: `${base}:0`, turn, text, streaming: false }]
      : list(message["content"]).map((part, index) => partRow(part, `${base}:${index}`, turn, isRun));
  if (stop) rows.push({ kind: "stop", key: `${base}:stop`, turn, ...stop });
  return rows.filter((row) => row.kind !== "prose" || row.text !== "");
}

function partRow(part: unknown, key: string, turn: string, isRun: boolean): PartRow {
  const { type, text, thinking, redacted, id, name, arguments: args } = record(part);
  switch (type) {
    case "text":
      return { kind: "prose", key, turn, text: body(text) ?? "", streaming: false };
    case "thinking": {
      const rest = { redacted: redacted === true, streaming: false, since: undefined, took: undefined };
      return { kind: "thinking", key, turn, text: body(thinking) ?? "", ...rest };
    }
    case "toolCall":
      return toolRow(
        { key, turn, call: string(id) || undefined },
        string(name),
        record(args),
        isRun ? "waiting" : "not run",
      );
    default:
      return { kind: "card", key, turn, name: string(type) || "part", value: record(part) };
  }
}

/** A call that gave nothing yet. */
export function toolRow(
  place: Pick<ToolRow, "key" | "turn" | "call">,
  name: string,
  args: Record<string, unknown>,
  state: ToolRow["state"],
): ToolRow {
  const nothing = { content: undefined, details: undefined, since: undefined, took: undefined };
  return { kind: "tool", ...place, name: name || "tool", args, state, ...nothing };
}

function shellOf({ command, output, exitCode, cancelled, truncated, excludeFromContext }: Record<string, unknown>) {
  const code = number(exitCode);
  const state = cancelled === true ? "stopped" : code !== undefined && code !== 0 ? "failed" : "done";
  return {
    command: string(command),
    output: body(output) ?? "",
    state,
    exitCode: code,
    truncated: truncated === true,
    excluded: excludeFromContext === true,
    since: undefined,
  } as const;
}

function cardOf({ role, entry, timestamp: _when, ...rest }: Record<string, unknown>) {
  if (role !== "entry")
    return { name: string(role) || "message", value: entry === undefined ? rest : { entry, ...rest } };
  const { type, id: _id, parentId: _parent, timestamp: _at, ...value } = record(entry);
  return { name: string(type) || "entry", value };
}
