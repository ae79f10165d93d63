import type { ClientCommand } from "../command.ts";

/** `/export` */
export const exportCommand: ClientCommand = {
  name: "export",
  description: "Write the conversation to an HTML file",
  argument: "[path]",
  async run({ attachment, machine, say, wait }, argument) {
    const path = unquote(argument);
    const where = machine === null ? "" : ` on ${machine}`;
    if (/\.jsonl$/i.test(path)) {
      const file = attachment.transcript.live.pi?.sessionFile;
      const kept = file === undefined ? "" : `: the session file itself is ${file}${where}`;
      return say(`Over RPC pi exports HTML only${kept}.`, "error");
    }
    const { path: written } = await wait("Exporting…", (signal) =>
      attachment.exportHtml(path || undefined, { signal }),
    );
    // pi names it as it was asked for: from the session's folder.
    const folder = attachment.transcript.info?.cwd ?? "";
    say(`Exported to ${isAbsolute(written) ? written : `${folder}/${written}`}${where}`, "success");
  },
};

function unquote(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}

/** The daemon may run on another system than this client. */
function isAbsolute(path: string): boolean {
  return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
}
