import type { SessionInfo } from "@pier/protocol";
import { sessionFolder } from "#lib/pier/session-text.ts";

/** The sessions of one folder, by id. */
export interface FolderGroup {
  folder: string;
  ids: readonly string[];
}

/** Which session stands where on the dashboard. */
export interface Arrangement {
  needs: readonly string[];
  groups: readonly FolderGroup[];
}

/**
 * Puts live sessions in their places: those that need somebody first, the others by folder, newest activity first. With
 * `held`, what stands somewhere stays there, and what is new comes after it: nothing moves under a pointer.
 */
export function arrange(sessions: readonly SessionInfo[], held?: Arrangement): Arrangement {
  const live = sessions.filter(({ status }) => status === "live");
  return held ? added(live, held) : anew(live);
}

const urgency = { question: 0, error: 1, finished: 2 };

function anew(live: readonly SessionInfo[]): Arrangement {
  const needing = live.filter(({ attention }) => attention);
  const byUrgency = needing.toSorted((a, b) => rank(a) - rank(b) || newestFirst(a, b));
  const others = live.filter(({ attention }) => !attention).toSorted(newestFirst);
  return { needs: byUrgency.map(({ id }) => id), groups: byFolder(others) };
}

function rank({ attention }: SessionInfo): number {
  return attention ? urgency[attention.reason] : 3;
}

/** Sessions that work are all active now: among them the order must not change with every word. */
function newestFirst(a: SessionInfo, b: SessionInfo): number {
  const working = Number(b.activity === "running") - Number(a.activity === "running");
  if (working !== 0) return working;
  const newer = a.activity === "running" ? b.createdAt - a.createdAt : b.lastActiveAt - a.lastActiveAt;
  return newer || (a.id < b.id ? -1 : 1);
}

function byFolder(sorted: readonly SessionInfo[]): FolderGroup[] {
  const folders = Map.groupBy(sorted, sessionFolder);
  return [...folders].map(([folder, members]) => ({ folder, ids: members.map(({ id }) => id) }));
}

function added(live: readonly SessionInfo[], held: Arrangement): Arrangement {
  const known = new Set(live.map(({ id }) => id));
  const placed = new Set([...held.needs, ...held.groups.flatMap(({ ids }) => ids)]);
  const fresh = byFolder(live.filter(({ id }) => !placed.has(id)).toSorted(newestFirst));
  const freshIn = (folder: string): readonly string[] => fresh.find((group) => group.folder === folder)?.ids ?? [];
  const kept = held.groups.map(({ folder, ids }) => ({
    folder,
    ids: [...ids.filter((id) => known.has(id)), ...freshIn(folder)],
  }));
  return {
    needs: held.needs.filter((id) => known.has(id)),
    groups: [...kept, ...fresh.filter(({ folder }) => !held.groups.some((group) => group.folder === folder))].filter(
      ({ ids }) => ids.length > 0,
    ),
  };
}
