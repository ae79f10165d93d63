import type { SessionInfo, SessionRecord } from "@pier/protocol";

/** A closed session of REST as the list shows it. */
export function infoOf(record: SessionRecord): SessionInfo {
  const { id, name, working_dir: cwd, status, ephemeral, demo, origin, clients, preview, model } = record;
  return {
    id,
    cwd,
    status,
    activity: "closed",
    ephemeral,
    demo,
    origin,
    clients,
    renderMarkdown: record.render_markdown,
    createdAt: Date.parse(record.created_at),
    lastActiveAt: Date.parse(record.last_active_at),
    ...(name !== null && { name }),
    ...(preview !== null && { preview }),
    ...(model !== null && { model }),
    ...(record.worktree !== null && { worktree: record.worktree }),
  };
}
