import type { SessionInfo } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { sessionList } from "#lib/pier/session-list.svelte.ts";
import { sessionTitle } from "#lib/pier/session-text.ts";

/** Where a session came from. */
export interface Parent {
  id: string;
  title: string;
  /** Whether it is still there. */
  isThere: boolean;
}

/** Titles of parents that are not on the list: sessions of plain pi, and such that were deleted (null). */
const others = $state<Record<string, string | null>>({});

/** The session that one was branched from; null for one that was not, and while it is asked for. */
export function parentOf(info: Pick<SessionInfo, "parent"> | null): Parent | null {
  const id = info?.parent;
  if (id === undefined) return null;
  const listed = sessionList.sessions.find((session) => session.id === id);
  if (listed) return { id, title: sessionTitle(listed), isThere: true };
  if (!sessionList.synced) return null;
  const title = others[id];
  if (title === undefined) {
    void ask(id);
    return null;
  }
  return { id, title: title ?? "a session that was deleted", isThere: title !== null };
}

/** The sessions that were branched from one. */
export function branchesOf(id: string): readonly SessionInfo[] {
  return sessionList.sessions.filter(({ parent }) => parent === id);
}

const asked = new Set<string>();

async function ask(id: string): Promise<void> {
  if (asked.has(id)) return;
  asked.add(id);
  const found = await pier.rest.get(id).catch(() => null);
  const named = { ...(found?.name && { name: found.name }), ...(found?.preview && { preview: found.preview }) };
  others[id] = found && sessionTitle(named);
}
