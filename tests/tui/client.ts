import { launcher } from "../cli/programs.ts";
import { Terminal } from "../cli/terminal.ts";
import type { TestDaemon } from "../harness/test-daemon.ts";

/** `pier …` in a terminal on the daemon's machine. */
export function pierIn(daemon: TestDaemon, ...args: string[]): Terminal {
  const env = { ...daemon.env, PIER_DATA_DIR: daemon.dataDir };
  return new Terminal([process.execPath, launcher("pier"), ...args], { env, cwd: daemon.folder });
}

/** A terminal attached to a session, once it shows where to type. */
export async function attachedTo(daemon: TestDaemon, session: string): Promise<Terminal> {
  const terminal = pierIn(daemon, "attach", session);
  await terminal.shows(editor);
  return terminal;
}

/** The borders of an empty editor. */
export const editor = /^───.*\n\s*\n?───.*$/m;

/** What is to be seen of the conversation, scrollback included: all above the editor, without empty rows. */
export function conversation(terminal: Terminal): string[] {
  const rows = terminal.text().split("\n");
  const borders = [...rows.keys()].filter((at) => rows[at]?.startsWith("───"));
  return rows.slice(0, borders.at(-2) ?? 0).filter((row) => row.trim() !== "");
}
