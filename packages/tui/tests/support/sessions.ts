import { type Change, Transcript } from "@pier/client";
import { LiveState, type Payload, type TranscriptItem } from "@pier/protocol";
import { TranscriptView } from "../../src/transcript/transcript-view.ts";
import type { View } from "../../src/transcript/view.ts";
import { attached } from "./frames.ts";

/** A view that follows its transcript as the client does. */
export function following(view: View): { transcript: Transcript; shown: TranscriptView } {
  const transcript = new Transcript("s");
  transcript.apply(attached());
  const shown = new TranscriptView(transcript, view);
  transcript.subscribe((change: Change) => {
    if (change.kind === "items") shown.addItems(change.from);
    else if (change.kind === "live") shown.updateLive();
    else if (change.kind === "reset" || change.kind === "older") shown.restore();
  });
  return { transcript, shown };
}

/** The rows of a snapshot that holds what the records led to. */
export function ofSnapshot(records: readonly Payload[], view: View, width: number): readonly string[] {
  const live = new LiveState();
  const messages: TranscriptItem[] = [];
  for (const record of records) {
    const message = live.apply(record);
    if (message) messages.push({ key: `j${messages.length}`, message });
  }
  const transcript = new Transcript("s");
  const { running, pi, compaction, retry, queue } = live;
  transcript.apply(
    attached({ messages, tail: live.tail(), queue, state: { running, pi, compaction, retry, offered: [] } }),
  );
  return new TranscriptView(transcript, view).render(width);
}

/** Records in frames of these many, again and again. */
export function framed(records: readonly Payload[], sizes: readonly number[]): Payload[][] {
  const frames: Payload[][] = [];
  for (let at = 0; at < records.length;) {
    const size = sizes[frames.length % sizes.length] ?? 1;
    frames.push(records.slice(at, at + size));
    at += size;
  }
  return frames;
}
