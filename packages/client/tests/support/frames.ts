import type { AgentMessage, Attached, Payload, SessionInfo, TranscriptItem, Welcome } from "@pier/protocol";

export function welcome(change: Partial<Welcome> = {}): Welcome {
  return {
    type: "welcome",
    protocolVersion: 2,
    serverId: "server",
    serverVersion: "0.1.0",
    device: { id: "d", name: "here", scope: "admin" },
    limits: {},
    features: [],
    pi: { demo: false },
    ...change,
  };
}

export function sessionInfo(change: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id: "s",
    cwd: "/work",
    status: "live",
    // The schema builds its union from an array, which leaves no type.
    activity: "idle",
    ephemeral: false,
    demo: false,
    origin: "pier",
    renderMarkdown: true,
    clients: 1,
    createdAt: 1,
    lastActiveAt: 1,
    ...change,
  };
}

export function attached(change: Partial<Attached> = {}): Attached {
  return {
    type: "attached",
    session: "s",
    epoch: "e1",
    seq: 0,
    mode: "snapshot",
    info: sessionInfo(),
    state: { running: false, pi: null, compaction: null, retry: null, offered: [] },
    ...(change.mode === "replay" ? {} : { messages: [], tail: [] }),
    dialogs: [],
    statuses: {},
    widgets: {},
    title: null,
    queue: { steering: [], followUp: [] },
    ...change,
  };
}

export function user(text: string): AgentMessage {
  return { role: "user", content: text };
}

export function item(key: string, text = key): TranscriptItem {
  return { key, message: user(text) };
}

/** The records of one finished message. */
export function said(text: string): Payload[] {
  return [
    { type: "message_start", message: user(text) },
    { type: "message_end", message: user(text) },
  ];
}

/** An `events` frame of session `s`. */
export function events(seq: number, ...payloads: Payload[]): Record<string, unknown> {
  return { type: "events", session: "s", seq, payloads };
}

export function reply(id: unknown, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: "reply",
    session: "s",
    payload: { type: "response", id, command: "prompt", success: true, ...change },
  };
}

/** The texts of items made by `user`. */
export function texts(items: readonly TranscriptItem[]): unknown[] {
  return items.map(({ message }) => (message as { content?: unknown }).content);
}
