import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes sessions of plain pi below an agent folder: each `bytes` large as far as anybody can see, with real entries at both
 * ends and a hole between, so that five thousand of them fit on any disk.
 */
export function makePlainSessions(agentFolder: string, count: number, bytes: number): void {
  for (let at = 0; at < count; at++) {
    const folder = join(agentFolder, "sessions", `--srv-project-${at % 50}--`);
    mkdirSync(folder, { recursive: true });
    const id = `0199aaaa-0000-7000-8000-${String(at).padStart(12, "0")}`;
    const timestamp = new Date(1_750_000_000_000 + at * 1_000).toISOString();
    const header = { type: "session", version: 3, id, timestamp, cwd: `/srv/project-${at % 50}` };
    const entry = (role: string, text: string): object => ({
      type: "message",
      id: role,
      parentId: null,
      timestamp,
      message: { role, content: [{ type: "text", text }] },
    });
    const file = openSync(join(folder, `${timestamp.replaceAll(/[:.]/g, "-")}_${id}.jsonl`), "w");
    writeSync(file, lines([header, entry("user", `Task ${at}: ${"word ".repeat(40)}`)]));
    const tail = `\n${lines([{ type: "session_info", name: `Session ${at}` }, entry("assistant", `Done ${at}.`)])}`;
    writeSync(file, tail, bytes - tail.length);
    closeSync(file);
  }
}

function lines(entries: readonly object[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}
