import type { SQLInputValue } from "node:sqlite";
import { SessionWorktree } from "@pier/protocol";
import Type from "typebox";
import { Value } from "typebox/value";
import type { SessionRow, SessionRows } from "../session/session-row.ts";
import { integer, integerOrNull, text, textOrNull, word } from "./columns.ts";
import type { Database, Row, Values } from "./database.ts";
import { inheritUploads, removeUploads } from "./upload-rows.ts";

/** The sessions in the database. A change of a session that is gone changes nothing. */
export function sessionRows(db: Database): SessionRows {
  return {
    list: () => db.all("SELECT * FROM sessions ORDER BY created_at, id").map(toSessionRow),
    insert(row) {
      const values = toColumns(row);
      const names = Object.keys(values);
      db.transaction(() => {
        db.run(
          `INSERT INTO sessions (${names.join(", ")}) VALUES (${names.map((name) => `:${name}`).join(", ")})`,
          values,
        );
        if (row.parent !== null) inheritUploads(db, row.parent, row.id);
      });
    },
    update(id, change) {
      const values = toColumns(change);
      const names = Object.keys(values);
      if (names.length === 0) return;
      const assignments = names.map((name) => `${name} = :${name}`).join(", ");
      db.run(`UPDATE sessions SET ${assignments} WHERE id = :id`, { ...values, id });
    },
    remove(id) {
      db.transaction(() => {
        db.run("DELETE FROM prompts WHERE session = :id", { id });
        removeUploads(db, id);
        db.run("DELETE FROM sessions WHERE id = :id", { id });
      });
    },
  };
}

const Worktree = Type.Object({
  ...SessionWorktree.properties,
  baseCommit: Type.String(),
  ready: Type.Boolean(),
});

const simpleColumns = {
  id: "id",
  name: "name",
  cwd: "cwd",
  provider: "provider",
  model: "model",
  thinkingLevel: "thinking_level",
  status: "status",
  epoch: "epoch",
  removal: "removal",
  sessionFile: "session_file",
  parent: "parent",
  branchEntry: "branch_entry",
  piVersion: "pi_version",
  preview: "preview",
  createdAt: "created_at",
  lastActiveAt: "last_active_at",
} as const satisfies Partial<Record<keyof SessionRow, string>>;

/** The columns of the members that are there. */
function toColumns(row: Partial<SessionRow>): Values {
  const values: Record<string, SQLInputValue> = {};
  for (const [member, column] of Object.entries(simpleColumns)) {
    const value = row[member as keyof typeof simpleColumns];
    if (value !== undefined) values[column] = value;
  }
  if (row.ephemeral !== undefined) values["ephemeral"] = Number(row.ephemeral);
  if (row.useDirenv !== undefined) values["use_direnv"] = Number(row.useDirenv);
  if (row.worktree !== undefined) values["worktree"] = row.worktree && JSON.stringify(row.worktree);
  if (row.demo !== undefined) values["demo"] = Number(row.demo);
  if (row.renderMarkdown !== undefined) values["render_markdown"] = Number(row.renderMarkdown);
  if (row.piArgs !== undefined) values["pi_args"] = JSON.stringify(row.piArgs);
  if (row.attention !== undefined) {
    values["attention_reason"] = row.attention?.reason ?? null;
    values["attention_text"] = row.attention?.text ?? null;
  }
  if (row.lastExit !== undefined) {
    values["exit_message"] = row.lastExit?.message ?? null;
    values["exit_code"] = row.lastExit?.code ?? null;
    values["exit_signal"] = row.lastExit?.signal ?? null;
  }
  return values;
}

function toSessionRow(row: Row): SessionRow {
  return {
    id: text(row, "id"),
    name: textOrNull(row, "name"),
    cwd: text(row, "cwd"),
    provider: textOrNull(row, "provider"),
    model: textOrNull(row, "model"),
    thinkingLevel: textOrNull(row, "thinking_level"),
    ephemeral: integer(row, "ephemeral") === 1,
    demo: integer(row, "demo") === 1,
    renderMarkdown: integer(row, "render_markdown") === 1,
    piArgs: toArguments(text(row, "pi_args")),
    useDirenv: integer(row, "use_direnv") === 1,
    worktree: toWorktree(textOrNull(row, "worktree")),
    status: word(row, "status", ["live", "closed"]),
    epoch: textOrNull(row, "epoch"),
    removal: row["removal"] === null ? null : word(row, "removal", ["trash", "permanent"] as const),
    sessionFile: textOrNull(row, "session_file"),
    parent: textOrNull(row, "parent"),
    branchEntry: textOrNull(row, "branch_entry"),
    piVersion: textOrNull(row, "pi_version"),
    preview: textOrNull(row, "preview"),
    attention: toAttention(row),
    lastExit: toLastExit(row),
    createdAt: integer(row, "created_at"),
    lastActiveAt: integer(row, "last_active_at"),
  };
}

function toArguments(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}

function toWorktree(json: string | null): SessionRow["worktree"] {
  return json === null ? null : Value.Parse(Worktree, JSON.parse(json));
}

function toAttention(row: Row): SessionRow["attention"] {
  if (row["attention_reason"] === null) return null;
  const reason = word(row, "attention_reason", ["question", "error", "finished"]);
  const said = textOrNull(row, "attention_text");
  return said === null ? { reason } : { reason, text: said };
}

function toLastExit(row: Row): SessionRow["lastExit"] {
  const message = textOrNull(row, "exit_message");
  if (message === null) return null;
  const signal = textOrNull(row, "exit_signal");
  const exit = { code: integerOrNull(row, "exit_code"), message };
  return signal === null ? exit : { ...exit, signal };
}
