import { randomUUID } from "node:crypto";
import type { SessionRow } from "./session/session-row.ts";

/** The row of a session that begins now. */
export function newRow(given: Partial<SessionRow> & Pick<SessionRow, "cwd">, now: number): SessionRow {
  return {
    id: randomUUID(),
    name: null,
    provider: null,
    model: null,
    thinkingLevel: null,
    ephemeral: false,
    demo: false,
    renderMarkdown: true,
    piArgs: [],
    useDirenv: true,
    worktree: null,
    status: "live",
    epoch: null,
    removal: null,
    sessionFile: null,
    parent: null,
    branchEntry: null,
    piVersion: null,
    preview: null,
    attention: null,
    lastExit: null,
    createdAt: now,
    lastActiveAt: now,
    ...given,
  };
}
