import type { SessionInfo } from "@pier/protocol";

type Named = Pick<SessionInfo, "name" | "preview">;

/** What a session is called: its name, else the last thing somebody said in it. */
export function sessionTitle({ name, preview }: Named): string {
  return name ?? preview ?? "New session";
}

/** The line below a session's title; empty where the title says it already. */
export function sessionLine({ name, preview }: Named): string {
  return name === undefined ? "" : (preview ?? "");
}

/** The folder that a session belongs to: a worktree made for it counts as its repository. */
export function sessionFolder({ cwd, worktree }: Pick<SessionInfo, "cwd" | "worktree">): string {
  return worktree?.repository ?? cwd;
}
