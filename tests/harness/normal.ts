import { readFileSync } from "node:fs";
import type { Attachment } from "@pier/client";
import type { AgentMessage } from "@pier/protocol";

/** Members that two runs of one script never share. */
const momentary = new Set(["timestamp", "responseId", "fullOutputPath", "durationMs"]);

/** A value without what differs from one run to the next. */
export function normal<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, part: unknown) => (momentary.has(key) ? undefined : part))) as T;
}

/** The messages of a transcript, as they are compared between two runs. */
export function normalMessages(attachment: Attachment): AgentMessage[] {
  return normal(attachment.transcript.items.map(({ message }) => message));
}

/** What one client shows of a session, as it is compared between two clients of it. */
export function shown({ transcript }: Attachment): unknown {
  const { items, live, ui, offered } = transcript;
  const { running, message, tools, bash, queue, compaction, retry, pi } = live;
  return {
    items: items.map(({ message: finished }) => finished),
    live: { running, message, tools: [...tools], bash: [...bash], queue, compaction, retry, pi },
    ui: { dialogs: [...ui.dialogs], statuses: [...ui.statuses], widgets: [...ui.widgets], title: ui.title },
    offered,
  };
}

/** The entries of a session file. */
export function entriesOf(file: string): { type: string; message?: AgentMessage; [member: string]: unknown }[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { type: string; message?: AgentMessage });
}

/** The messages that pi saved, in the order in which it saved them, as clients see them. */
export function savedMessages(file: string): AgentMessage[] {
  return entriesOf(file).flatMap(({ message }) => (message && message.role !== "system" ? [message] : []));
}

/** The path of the session file of an attached session. */
export function fileOf(attachment: Attachment): string {
  const file = attachment.transcript.info?.sessionFile;
  if (file === undefined) throw new Error("The session has no file.");
  return file;
}
