import { spawn } from "node:child_process";
import { once } from "node:events";
import type { ShellProcess, ShellSettings } from "../session/agent-process.ts";
import type { SessionProgram } from "./session-program.ts";

/**
 * Runs a command as pi's own shell commands run: in the session's folder, with its environment, in bash where there is one.
 * It has a process group of its own and ends, with all it started, when its first process does, when it is ended, and when
 * the daemon dies.
 *
 * @throws Error when it cannot be started
 */
export async function startShell(
  settings: ShellSettings,
  command: string,
  sessionProgram: SessionProgram,
): Promise<ShellProcess> {
  const program = { command: "/bin/sh", args: ["-c", guarded, "sh", command] };
  const { command: file, args, cwd, env } = await sessionProgram(settings, program);
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "ignore"] });
  await once(child, "spawn");
  const gone = once(child, "exit").then(([code]) => {
    kill();
    return code as number | null;
  });
  child.stdin.on("error", () => {});
  function kill(): void {
    try {
      // The whole group: what the command left running would hold its output open.
      process.kill(-(child.pid ?? NaN), "SIGKILL");
    } catch {
      // It is gone already.
    }
  }
  return { output: child.stdout.setEncoding("utf8"), exited: gone, kill };
}

/**
 * The end of stdin is the end of the daemon: who waits for it then ends the group. The command itself gets no stdin, and
 * writes both its streams to one.
 */
const guarded = `
exec 3<&0 </dev/null 2>&1
(cat <&3; kill -KILL -$$) >/dev/null &
exec 3<&-
if command -v bash >/dev/null; then exec bash -c "$1"; fi
exec sh -c "$1"
`;
