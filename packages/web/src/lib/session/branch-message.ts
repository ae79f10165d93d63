import type { ForkMessage } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { attempt } from "#lib/ui/toasts.svelte.ts";
import { branchInto } from "./panels/branches.ts";
import type { SessionView } from "./session-view.svelte.ts";

/** A message of a person as its row knows it. */
interface Message {
  /** pi's entry; undefined for what was said while this page was open. */
  entry: string | undefined;
  text: string;
  /** When it was said, in ms since 1970. */
  time: number | undefined;
}

/** Goes on before a message in a new session, with its text in the composer there. */
export async function branchFrom(view: SessionView, message: Message): Promise<void> {
  await attempt(async () => {
    const entry = message.entry ?? (await entryOf(view, message));
    await branchInto(view, { entry, text: message.text });
  });
}

/** Asks for the entry of a message that came as an event, which does not name it. */
async function entryOf(view: SessionView, { text, time = 0 }: Message): Promise<string> {
  const distance = ({ timestamp }: ForkMessage): number => Math.abs(Date.parse(timestamp ?? "") - time) || 0;
  const same = (await pier.rest.forkMessages(view.id))
    .filter((said) => said.active && text.startsWith(said.text))
    .toSorted((a, b) => distance(a) - distance(b));
  const [nearest] = same;
  if (!nearest) throw new Error("pi has not saved this message yet: try again when its turn is over.");
  return nearest.entry_id;
}
