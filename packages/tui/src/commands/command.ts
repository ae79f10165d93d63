import type { Attachment, PierConnection, RestClient } from "@pier/client";
import type { Keys } from "../editor/keys.ts";
import type { AutocompleteItem } from "../pi-tui/index.ts";
import type { View } from "../transcript/view.ts";
import type { NamedRow } from "./rows-block.ts";

/** How a note between the messages is meant. */
export type Tone = "info" | "success" | "warning" | "error";

/** One entry of a list to choose from. */
export interface Choice<T> {
  value: T;
  label: string;
  /** Said beside the label, dimly. */
  detail?: string;
  /** Entries of one group stand together below its name. */
  group?: string;
}

export interface PickOptions<T> {
  title: string;
  choices: readonly Choice<T>[];
  /** What is marked at first. */
  current?: T;
  /** What is said when there is nothing to choose. */
  empty: string;
}

export interface AskOptions {
  title: string;
  placeholder?: string;
  prefill?: string;
}

/** What a command may use of the client. */
export interface CommandContext {
  readonly attachment: Attachment;
  readonly connection: PierConnection;
  readonly rest: RestClient;
  readonly view: View;
  readonly env: NodeJS.ProcessEnv;
  readonly keys: Keys;
  /** The daemon's machine by name; null when it is this one. */
  readonly machine: string | null;
  /** What is being typed, in full. */
  readonly editor: { getText(): string; setText(text: string): void };
  /** Says something between the messages; control characters are taken out. Several lines may come as one text. */
  readonly say: (text: string, tone?: Tone) => void;
  /** The same for names and what is said of each. */
  readonly list: (rows: readonly NamedRow[]) => void;
  /** Lets the person choose; null when they do not. */
  readonly pick: <T>(options: PickOptions<T>) => Promise<T | null>;
  /** Lets the person choose another session of the daemon, or start one; a closed one is opened again. Null when they want none. */
  readonly pickSession: () => Promise<string | null>;
  /** Asks for a line; null when there is none. */
  readonly ask: (options: AskOptions) => Promise<string | null>;
  readonly confirm: (options: { title: string; message?: string }) => Promise<boolean>;
  /** Shows what goes on until it is done: compaction, export, a restart. Esc aborts the signal. */
  readonly wait: <T>(text: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** Sends text to pi as if it had been typed: at once, or when the turn has ended. */
  readonly send: (text: string, when: "now" | "later") => void;
  /** Leaves this session for another one; the one that is left goes on. */
  readonly switchTo: (session: string) => Promise<void>;
  /** Stays in this session while it is closed and opened again on purpose. */
  readonly whileClosed: <T>(work: () => Promise<T>) => Promise<T>;
  /** Puts text on the person's clipboard, by the terminal. */
  readonly copy: (text: string) => void;
  /** Draws everything anew, after a change of `view`. */
  readonly redraw: () => void;
  /** Empties the screen and shows only what comes from now on, or shows everything again. */
  readonly showFrom: (start: "now" | "beginning") => void;
  /** Shows more of the messages that are here but were not drawn. Returns whether there are any. */
  readonly showEarlier: () => boolean;
  /** Detaches; the session goes on. */
  readonly leave: () => void;
}

/** Something the client itself does: `/name` or `//name`. */
export interface ClientCommand {
  name: string;
  description: string;
  /** What may stand behind the name, for its help: `[provider/model]`. */
  argument?: string;
  /** Whether it can work here: what cannot is not offered. */
  isOffered?(context: CommandContext): boolean;
  complete?(prefix: string, context: CommandContext): Promise<AutocompleteItem[]>;
  /** Says its result. @throws what is told to the person as one sentence */
  run(context: CommandContext, argument: string): Promise<void>;
}
