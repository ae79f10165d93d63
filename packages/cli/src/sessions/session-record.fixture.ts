import type { SessionRecord } from "@pier/protocol";

/** A session's record for tests. */
export function record(parts: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: "12345678-0000-4000-8000-000000000000",
    name: null,
    working_dir: "/home/ada/project",
    status: "live",
    activity: parts.status === "closed" ? "closed" : "idle",
    attention: null,
    provider: "acme",
    model: "large",
    thinking_level: null,
    ephemeral: false,
    demo: false,
    origin: "pier",
    render_markdown: true,
    pi_version: "0.87.1",
    pid: 7,
    preview: null,
    clients: 0,
    session_file: null,
    parent_piface_id: null,
    branch_entry_id: null,
    created_at: "2026-01-01T00:00:00.000Z",
    last_active_at: "2026-01-01T00:00:00.000Z",
    last_exit: null,
    git: null,
    worktree: null,
    ...parts,
  };
}
