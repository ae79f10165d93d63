import type { StartOptions } from "../session/agent-process.ts";
import { cleanName } from "../session/clean-name.ts";
import { atLeast } from "./pi-version.ts";

/** pi's command line for a session. Options that a version does not know make it exit, so they are left out. */
export function piArguments(options: StartOptions, version: string, everySession: readonly string[]): string[] {
  // Where an option is given twice pi takes the last: a session's own come after those for every session.
  const args = ["--mode", "rpc", ...everySession];
  if (options.ephemeral) args.push("--no-session");
  else if (options.sessionFile !== null) args.push("--session", options.sessionFile);
  // A session file tells what was chosen since: options would take that back.
  if (options.sessionFile === null) {
    if (options.provider !== null) args.push("--provider", options.provider);
    if (options.model !== null) args.push("--model", options.model);
    if (options.thinkingLevel !== null) args.push("--thinking", options.thinkingLevel);
    // pi may have been told what it takes from nobody on its command line.
    const name = cleanName(options.name ?? "");
    if (name !== null && atLeast(version, "0.78.0")) args.push("--name", name);
  }
  return [...args, ...options.piArgs];
}
