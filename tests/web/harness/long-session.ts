import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestDaemon } from "../../harness/test-daemon.ts";

let made = 0;

/** Puts a conversation of plain pi, as pi saves it, where the daemon finds it. Returns its id. */
export function saveConversation(daemon: TestDaemon, messages: readonly object[]): string {
  const id = `0199bbbb-0000-7000-8000-${String(++made).padStart(12, "0")}`;
  const folder = join(daemon.home, ".pi", "agent", "sessions", "--saved--");
  mkdirSync(folder, { recursive: true });
  const start = Date.now() - messages.length * 1_000;
  const header = { type: "session", version: 3, id, timestamp: new Date(start).toISOString(), cwd: daemon.folder };
  const entries = messages.map((message, at) => {
    const timestamp = start + at * 1_000;
    return {
      type: "message",
      id: entryId(at),
      parentId: at === 0 ? null : entryId(at - 1),
      timestamp: new Date(timestamp).toISOString(),
      message: { ...message, timestamp },
    };
  });
  const lines = [header, ...entries].map((line) => JSON.stringify(line));
  writeFileSync(join(folder, `2026-01-01T00-00-00-000Z_${id}.jsonl`), `${lines.join("\n")}\n`);
  return id;
}

export function userMessage(text: string): object {
  return { role: "user", content: [{ type: "text", text }] };
}

export function answer(...content: object[]): object {
  const stopReason = content.some((part) => "arguments" in part) ? "toolUse" : "stop";
  return { role: "assistant", content, api: "openai-completions", provider: "pier-demo", model: "demo", stopReason };
}

export function text(words: string): object {
  return { type: "text", text: words };
}

export function toolCall(id: string, name: string, args: object): object {
  return { type: "toolCall", id, name, arguments: args };
}

export function toolResult(toolCallId: string, toolName: string, words: string): object {
  return { role: "toolResult", toolCallId, toolName, content: [text(words)], isError: false };
}

function entryId(at: number): string {
  return (at + 1).toString(16).padStart(8, "0");
}
