import type { SessionInfo, WorkspaceConfig } from "@pier/protocol";
import { sessionFolder } from "#lib/pier/session-text.ts";

export interface ChosenModel {
  provider: string;
  id: string;
}

/** What a new session in a folder begins with, where a person does not choose. */
export interface SessionDefaults {
  model: ChosenModel | null;
  thinking: string | null;
  place: "shared" | "worktree";
  /** The command that a new worktree is set up with. */
  setup: string | null;
}

/**
 * What the folder's settings say, else what the last session there had; null leaves it to pi.
 *
 * @param like a session that the new one is to resemble, whatever the settings say
 */
export function defaultsFor(
  folder: string,
  sessions: readonly SessionInfo[],
  config: WorkspaceConfig | null,
  like?: SessionInfo,
): SessionDefaults {
  const there = sessions.filter((session) => sessionFolder(session) === folder && !session.demo);
  const last = like ?? there.toSorted((a, b) => b.lastActiveAt - a.lastActiveAt)[0];
  const { session: said, workspace, setup } = config ?? {};
  const settled = said?.provider && said.model ? { provider: said.provider, id: said.model } : null;
  const before = last?.provider && last.model ? { provider: last.provider, id: last.model } : null;
  return {
    model: like ? before : (settled ?? before),
    thinking: (like ? undefined : said?.thinking_level) ?? last?.thinkingLevel ?? null,
    place: like ? (like.worktree ? "worktree" : "shared") : (workspace?.mode ?? "shared"),
    setup: setup?.command ?? null,
  };
}
