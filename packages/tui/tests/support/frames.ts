import { type SessionFrame, Transcript } from "@pier/client";
import type { AgentMessage, Attached, Payload } from "@pier/protocol";

/** What a daemon answers to `attach` with a snapshot. */
export function attached(change: Partial<Attached> = {}): SessionFrame {
  return {
    type: "attached",
    session: "s",
    epoch: "e1",
    seq: 0,
    mode: "snapshot",
    info: {
      id: "s",
      cwd: "/home/ada/project",
      status: "live",
      activity: "idle",
      ephemeral: false,
      demo: false,
      origin: "pier",
      renderMarkdown: true,
      clients: 1,
      createdAt: 1,
      lastActiveAt: 1,
    },
    state: { running: false, pi: null, compaction: null, retry: null, offered: [] },
    messages: [],
    tail: [],
    dialogs: [],
    statuses: {},
    widgets: {},
    title: null,
    queue: { steering: [], followUp: [] },
    ...change,
  };
}

/** Records of pi in one frame. */
export function events(seq: number, ...payloads: Payload[]): SessionFrame {
  return { type: "events", session: "s", seq, payloads };
}

/** A transcript that holds these messages. */
export function transcriptOf(...messages: readonly object[]): Transcript {
  const transcript = new Transcript("s");
  transcript.apply(
    attached({ messages: messages.map((message, at) => ({ key: `k${at}`, message: message as AgentMessage })) }),
  );
  return transcript;
}
