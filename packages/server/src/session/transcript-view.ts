import { type FoundMessages, PierError, type Window } from "@pier/protocol";
import type { AgentProcess, SessionFiles } from "./agent-process.ts";
import { attachFrames, type AttachInput } from "./attach-frames.ts";
import type { Clock } from "./clock.ts";
import { bodyAt } from "./elide.ts";
import type { Item, ItemContent } from "./item-index.ts";
import { JournalFold } from "./journal-fold.ts";
import type { Classify } from "./journal-record.ts";
import { readItem } from "./read-item.ts";
import { searchItems, type SearchOptions } from "./search-items.ts";
import { cutPage, type Page } from "./window.ts";

/** What clients see of a conversation: the fold of its process, or its session file alone. */
export class TranscriptView {
  readonly fold: JournalFold;
  readonly epoch: string;
  /** Whose journal the fold reads; null when the session file is all there is. */
  readonly process: AgentProcess | null;
  readonly #files: SessionFiles;

  constructor(fold: JournalFold, epoch: string, process: AgentProcess | null, files: SessionFiles) {
    this.fold = fold;
    this.epoch = epoch;
    this.process = process;
    this.#files = files;
  }

  /** A view of a session file as it is now. */
  static ofFile(file: string | null, files: SessionFiles, classify: Classify): TranscriptView {
    const size = file === null ? null : files.size(file);
    const fold = new JournalFold(0, { classify, openFile: (path, bytes) => files.open(path, bytes) });
    fold.file = { path: file, size: size ?? 0 };
    if (file !== null && size !== null && files.problem(file) === null) fold.items.rebase(files.open(file, size), 0);
    // Another program may go on in the file: each size is a state of its own.
    return new TranscriptView(fold, `file-${size ?? 0}`, null, files);
  }

  /** The frames that bring a client to the present. */
  frames(input: Omit<AttachInput, "epoch" | "fold" | "read" | "journal">): string[] {
    const { epoch, fold, process } = this;
    return attachFrames({ ...input, epoch, fold, journal: process, read: (item) => this.#read(item) });
  }

  /** The page that ends before an item, or at the end. @throws PierError `HISTORY_GONE` */
  page(session: string, before: string | undefined, window: Window | undefined): Page {
    const at = before === undefined ? -1 : this.fold.items.indexOf(before);
    if (before !== undefined && at === -1)
      throw new PierError("HISTORY_GONE", `${before} is not known any more: attach anew.`);
    return cutPage(this.fold.items, { session, skip: at + 1, window, read: (item) => this.#read(item) });
  }

  /** Looks through the whole transcript, from its end. @throws PierError `HISTORY_GONE` */
  async search(options: SearchOptions, clock: Clock): Promise<FoundMessages> {
    const { items } = this.fold;
    if (options.before !== undefined && items.indexOf(options.before) === -1)
      throw new PierError("HISTORY_GONE", `${options.before} is not known any more: search anew.`);
    return searchItems(items, { ...options, clock, read: (item) => this.#read(item) });
  }

  /** One string of one message, whole. @throws PierError `NOT_FOUND` */
  body(key: string, path: readonly string[]): string {
    const at = this.fold.items.indexOf(key);
    const item = at === -1 ? undefined : this.fold.items.fromEnd(at);
    const body = item && bodyAt(this.#read(item).message(), path);
    if (body === undefined) throw new PierError("NOT_FOUND", `There is no text at ${path.join(".")} of ${key}.`);
    return body;
  }

  #read(item: Item): ItemContent {
    return readItem(item, {
      files: this.#files,
      file: this.fold.file?.path ?? null,
      readJournal: (start, end) => {
        if (!this.process) throw new PierError("HISTORY_GONE", "The journal is gone: attach anew.");
        return this.process.readText(start, end);
      },
    });
  }
}
