import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { restOf } from "../../harness/test-client.ts";
import type { TestDaemon } from "../../harness/test-daemon.ts";

/** An entry of a session file, or a message, which becomes one. */
type Saved = { role: string; [member: string]: unknown } | { type: string; [member: string]: unknown };

let made = 0;

/** A session of plain pi whose file holds this conversation, as pi saves it. Resolves with its id once the daemon knows it. */
export async function savedSession(daemon: TestDaemon, conversation: readonly Saved[]): Promise<string> {
  const id = `0199aaaa-0000-7000-8000-${String(++made).padStart(12, "0")}`;
  const timestamp = new Date(start).toISOString();
  const header = JSON.stringify({ type: "session", version: 3, id, timestamp, cwd: daemon.folder });
  const folder = join(daemon.home, ".pi", "agent", "sessions", "--saved--");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${timestamp.replaceAll(/[:.]/g, "-")}_${id}.jsonl`);
  writeFileSync(file, `${[header, ...linesOf(conversation)].join("\n")}\n`);
  // Names are looked at a few times a second.
  const known = (): Promise<boolean> =>
    restOf(daemon)
      .get(id)
      .then(
        () => true,
        () => false,
      );
  while (!(await known()));
  return id;
}

/** When the first of a conversation was said; each further one is a second later. */
const start = Date.UTC(2026, 0, 1);

function linesOf(conversation: readonly Saved[]): string[] {
  let parentId: string | null = null;
  return conversation.map((saved, at) => {
    const id = (at + 1).toString(16).padStart(8, "0");
    const time = start + at * 1_000;
    const entry = "role" in saved ? { type: "message", message: { timestamp: time, ...saved } } : saved;
    const line = JSON.stringify({ ...entry, id, parentId, timestamp: new Date(time).toISOString() });
    parentId = id;
    return line;
  });
}

export function user(text: string): Saved {
  return { role: "user", content: [{ type: "text", text }] };
}

export function assistant(...content: readonly object[]): Saved {
  const isCall = content.some((part) => "arguments" in part);
  const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };
  const usage = { input: 10, output: 10, cacheRead: 0, cacheWrite: 0, totalTokens: 20, cost };
  const model = { api: "openai-completions", provider: "pier-demo", model: "demo" };
  return { role: "assistant", content, ...model, usage, stopReason: isCall ? "toolUse" : "stop" };
}

export function text(words: string): object {
  return { type: "text", text: words };
}

export function call(id: string, name: string, args: object): object {
  return { type: "toolCall", id, name, arguments: args };
}

export function result(toolCallId: string, toolName: string, words: string, more: object = {}): Saved {
  return { role: "toolResult", toolCallId, toolName, content: [text(words)], isError: false, ...more };
}
