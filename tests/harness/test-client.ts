import {
  type AttachOptions,
  type Attachment,
  connect,
  type ConnectOptions,
  type PierConnection,
  RestClient,
  type SessionsView,
} from "@pier/client";
import { script } from "@pier/demo-model";
import type { AgentMessage, CreateSession, Dialog } from "@pier/protocol";
import { onTestFinished } from "vitest";
import type { TestDaemon } from "./test-daemon.ts";
import { waitFor } from "./wait-for.ts";

export type Steps = Parameters<typeof script>[0];

/** A connection that is closed when the test ends. */
export function connectTo(
  daemon: Pick<TestDaemon, "url" | "token">,
  options: Partial<ConnectOptions> = {},
): PierConnection {
  const connection = connect({ url: daemon.url, token: daemon.token, ...options });
  // A person waits seconds for a daemon that is away; tests need not.
  connection.onState(({ status }) => {
    if (status === "waiting") setTimeout(() => connection.reconnectNow(), reconnectAfter).unref();
  });
  onTestFinished(() => connection.close());
  return connection;
}

/** ms */
const reconnectAfter = 20;

export function restOf(daemon: Pick<TestDaemon, "url" | "token">): RestClient {
  return new RestClient({ url: daemon.url, token: daemon.token });
}

/** A new session in the daemon's folder, with a connection of its own attached to it. */
export async function openSession(daemon: TestDaemon, options: Partial<CreateSession> = {}): Promise<Attachment> {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, ...options });
  return attachTo(daemon, id);
}

/** Attaches to a session over a connection of its own. */
export async function attachTo(
  daemon: Pick<TestDaemon, "url" | "token">,
  session: string,
  options: Partial<ConnectOptions> & AttachOptions = {},
): Promise<Attachment> {
  const { window, looking = true, ...rest } = options;
  const attachment = connectTo(daemon, rest).attach(session, { looking, ...(window && { window }) });
  await attachment.ready;
  return attachment;
}

/** Waits until something holds of an attachment. */
export function until<T>(attachment: Attachment, what: string, read: () => T): Promise<NonNullable<T>> {
  const { transcript } = attachment;
  const look = (): T => {
    if (transcript.status === "gone" || transcript.status === "detached")
      throw transcript.error ?? new Error("detached");
    return read();
  };
  return waitFor(look, {
    what,
    subscribe: (check) => attachment.subscribe(check),
    describe: () => ({
      status: transcript.status,
      running: transcript.live.running,
      info: transcript.info,
      offered: transcript.offered,
      dialogs: [...transcript.ui.dialogs.values()],
      items: transcript.items.slice(-4).map(({ message }) => JSON.stringify(message).slice(0, 300)),
    }),
  });
}

/** Waits until the assistant said these words in the message that is being written. */
export async function untilSaid(attachment: Attachment, words: string): Promise<void> {
  await until(attachment, `the words "${words}"`, () => {
    const { message } = attachment.transcript.live;
    return message?.start.role === "assistant" && JSON.stringify(message.blocks).includes(words);
  });
}

/** Waits until something holds of the list of sessions. */
export function untilListed<T>(view: SessionsView, what: string, read: () => T): Promise<NonNullable<T>> {
  return waitFor(read, { what, subscribe: (check) => view.subscribe(check), describe: () => view.sorted });
}

/** Waits until two attachments of one session are equally far: then they must show the same. */
export async function level(session: Attachment, other: Attachment): Promise<void> {
  const place = ({ transcript }: Attachment): string => JSON.stringify([transcript.caughtUp, transcript.cursor]);
  const both = (): boolean => session.transcript.caughtUp && place(session) === place(other);
  const waiting = {
    what: "two clients that are equally far",
    describe: () => [place(session), place(other)],
    subscribe(check: () => void) {
      const leave = [session.subscribe(check), other.subscribe(check)];
      return () => leave.forEach((end) => end());
    },
  };
  // Frames that came together are applied together: one of the two may be further when this goes on.
  do await waitFor(both, waiting);
  while (!both());
}

/** Waits until nothing is under way, and at least one answer stands after the first `from` items. */
export async function settled(attachment: Attachment, from = 0): Promise<AgentMessage[]> {
  const { transcript } = attachment;
  await until(attachment, "the end of the turn", () => {
    const last = transcript.items.slice(from).findLast(({ message }) => message.role === "assistant")?.message;
    const final = last !== undefined && (last as { stopReason?: string }).stopReason !== "toolUse";
    return transcript.caughtUp && !transcript.live.running && final;
  });
  return messagesOf(attachment, from);
}

/** Prompts with a script and waits for the end of the turn. Resolves with what the turn said. */
export async function play(attachment: Attachment, steps: Steps): Promise<AgentMessage[]> {
  await until(attachment, "the present", () => attachment.transcript.caughtUp);
  const from = attachment.transcript.items.length;
  await attachment.prompt(script(steps));
  return settled(attachment, from);
}

export function messagesOf(attachment: Attachment, from = 0): AgentMessage[] {
  return attachment.transcript.items.slice(from).map(({ message }) => message);
}

/** Waits for a dialog of a method. */
export function dialog(attachment: Attachment, method: string): Promise<Dialog> {
  return until(attachment, `a ${method} dialog`, () =>
    [...attachment.transcript.ui.dialogs.values()].find((one) => one.method === method),
  );
}

/** The text of a message, its blocks joined. */
export function textOf(message: AgentMessage | undefined): string {
  const content = (message as { content?: unknown } | undefined)?.content ?? "";
  if (typeof content === "string") return content;
  return (content as { type: string; text?: string }[]).map(({ text }) => text ?? "").join("");
}

/** The texts of all messages of a role, in their order. */
export function textsOf(messages: readonly AgentMessage[], role: string): string[] {
  return messages.filter((message) => message.role === role).map(textOf);
}
