import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** Replaces what stands after a session file's header by `count` messages of about `bytes` each, as pi saves them. */
export function fillSessionFile(path: string, count: number, bytes: number): void {
  const header = readFileSync(path, "utf8").split("\n", 1)[0] as string;
  const file = openSync(path, "w");
  writeSync(file, `${header}\n`);
  let parentId: string | null = null;
  for (let at = 0; at < count; at++) {
    const id = at.toString(16).padStart(8, "0");
    const timestamp = new Date(1_750_000_000_000 + at * 1000).toISOString();
    const entry = { type: "message", id, parentId, timestamp, message: message(at, bytes, Date.parse(timestamp)) };
    writeSync(file, `${JSON.stringify(entry)}\n`);
    parentId = id;
  }
  closeSync(file);
}

/** A question, a tool call, its result, an answer: and again. */
function message(at: number, bytes: number, timestamp: number): object {
  const words = "word ".repeat(bytes / 5);
  const toolCallId = `call_${at - (at % 4)}`;
  switch (at % 4) {
    case 0:
      return { role: "user", content: [{ type: "text", text: `${at} ${words}` }], timestamp };
    case 1:
      return assistant(
        [{ type: "toolCall", id: toolCallId, name: "bash", arguments: { command: `echo ${words}` } }],
        "toolUse",
        timestamp,
      );
    case 2:
      return {
        role: "toolResult",
        toolCallId,
        toolName: "bash",
        content: [{ type: "text", text: words }],
        isError: false,
        timestamp,
      };
    default:
      return assistant([{ type: "text", text: `${at} ${words}` }], "stop", timestamp);
  }
}

function assistant(content: object[], stopReason: string, timestamp: number): object {
  const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };
  const usage = { input: 10, output: 10, cacheRead: 0, cacheWrite: 0, totalTokens: 20, cost };
  return {
    role: "assistant",
    content,
    api: "openai-completions",
    provider: "pier-demo",
    model: "demo",
    usage,
    stopReason,
    timestamp,
  };
}
