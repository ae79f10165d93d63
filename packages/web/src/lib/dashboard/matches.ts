import type { SessionInfo } from "@pier/protocol";

/** Whether all words of a query stand in a session's name, folder or last line, as the daemon finds closed ones. */
export function matches({ name, cwd, preview, git }: SessionInfo, query: string): boolean {
  const text = [name, cwd, preview, git?.branch].join("\n").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
