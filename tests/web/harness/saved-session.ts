import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { restOf } from "../../harness/test-client.ts";
import type { TestDaemon } from "../../harness/test-daemon.ts";
import { poll } from "../../harness/wait-for.ts";

/** An entry of pi's session file without what says where it stands. */
export interface SavedEntry {
  type: string;
  [member: string]: unknown;
}

/** A session of plain pi whose conversation is what is given, in a file as pi writes it. Resolves with its id. */
export async function savedSession(daemon: TestDaemon, entries: readonly SavedEntry[]): Promise<string> {
  const id = randomUUID();
  const folder = join(daemon.home, ".pi", "agent", "sessions", "--saved--");
  mkdirSync(folder, { recursive: true });
  const header = { type: "session", version: 3, id, timestamp: new Date().toISOString(), cwd: daemon.folder };
  const lines = [JSON.stringify(header), ...entryLines(entries), ""];
  writeFileSync(join(folder, `2026-01-01T00-00-00-000Z_${id}.jsonl`), lines.join("\n"));
  let isKnown = false;
  const look = (): void =>
    void restOf(daemon)
      .get(id)
      .then(
        () => (isKnown = true),
        () => {},
      );
  await poll(() => {
    look();
    return isKnown;
  }, "the session to be known");
  return id;
}

function entryLines(entries: readonly SavedEntry[]): string[] {
  const start = Date.now() - 600_000;
  let parentId: string | null = null;
  return entries.map((entry, at) => {
    const id = (at + 1).toString(16).padStart(8, "0");
    const time = start + at * 1_000;
    const { message } = entry;
    const line = {
      ...entry,
      ...(typeof message === "object" && { message: { ...message, timestamp: time } }),
      id,
      parentId,
      timestamp: new Date(time).toISOString(),
    };
    parentId = id;
    return JSON.stringify(line);
  });
}

/** What a person said. */
export function userSaid(text: string): SavedEntry {
  return { type: "message", message: { role: "user", content: [{ type: "text", text }] } };
}

/** What a model said: text, thinking, calls. */
export function modelSaid(...content: { type: string; [member: string]: unknown }[]): SavedEntry {
  return {
    type: "message",
    message: {
      role: "assistant",
      content,
      api: "openai-completions",
      provider: "pier-demo",
      model: "demo",
      usage: {
        input: 9_000,
        output: 900,
        cacheRead: 0,
        cacheWrite: 0,
        totalTokens: 9_900,
        cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 },
      },
      stopReason: content.some(({ type }) => type === "toolCall") ? "toolUse" : "stop",
    },
  };
}

/** What a tool gave. */
export function toolGave(toolCallId: string, toolName: string, text: string, more: object = {}): SavedEntry {
  const content = [{ type: "text", text }];
  return { type: "message", message: { role: "toolResult", toolCallId, toolName, content, isError: false, ...more } };
}
