import Type from "typebox";
import type { Dialog, Widget } from "../../records/dialogs.ts";
import type { AgentMessage } from "../../records/messages.ts";
import { SessionInfo } from "../../records/session-info.ts";
import type { PiState } from "../../records/state.ts";
import { type Payload, SessionId } from "../common.ts";

/** One message of a transcript. */
export const TranscriptItem = Type.Object({
  key: Type.String({ description: "names the message within this epoch" }),
  entry: Type.Optional(Type.String({ description: "id of pi's session entry, where it is known; fork takes it" })),
  message: Type.Unsafe<AgentMessage>(Type.Object({ role: Type.String() })),
});
export type TranscriptItem = Type.Static<typeof TranscriptItem>;

/** A prompt that was accepted but that pi did not save before it ended. */
export const OfferedPrompt = Type.Object({ id: Type.String(), text: Type.String(), images: Type.Integer() });
export type OfferedPrompt = Type.Static<typeof OfferedPrompt>;

/**
 * The session as of `seq`. In mode `snapshot` it replaces what the client holds: `messages`, then the events of `tail`.
 * In mode `replay` the missed events follow as `event` and `events` frames. Live events have a seq above this one.
 */
export const Attached = Type.Object({
  type: Type.Literal("attached"),
  session: SessionId,
  epoch: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  mode: Type.Union([Type.Literal("replay"), Type.Literal("snapshot")]),
  info: SessionInfo,
  state: Type.Object({
    running: Type.Boolean(),
    pi: Type.Unsafe<PiState | null>(
      Type.Unknown({ description: "the data of pi's `get_state`, or null before it was asked" }),
    ),
    compaction: Type.Unsafe<{ reason: string } | null>(
      Type.Unknown({ description: "`{reason}` while a compaction is under way, otherwise null" }),
    ),
    retry: Type.Unsafe<{ attempt: number; maxAttempts: number; delayMs: number; errorMessage: string } | null>(
      Type.Unknown({
        description: "`{attempt, maxAttempts, delayMs, errorMessage}` while pi waits to try again, otherwise null",
      }),
    ),
    offered: Type.Array(OfferedPrompt),
  }),
  messages: Type.Optional(Type.Array(TranscriptItem)),
  before: Type.Optional(Type.String({ description: "asks for older messages; absent when there are none" })),
  tail: Type.Optional(Type.Unsafe<Payload[]>(Type.Array(Type.Object({ type: Type.String() })))),
  dialogs: Type.Unsafe<Dialog[]>(Type.Array(Type.Object({ id: Type.String(), method: Type.String() }))),
  statuses: Type.Record(Type.String(), Type.String()),
  widgets: Type.Unsafe<Record<string, Widget>>(
    Type.Record(Type.String(), Type.Object({ lines: Type.Array(Type.String()) })),
  ),
  title: Type.Union([Type.String(), Type.Null()]),
  queue: Type.Object({ steering: Type.Array(Type.String()), followUp: Type.Array(Type.String()) }),
});
export type Attached = Type.Static<typeof Attached>;
