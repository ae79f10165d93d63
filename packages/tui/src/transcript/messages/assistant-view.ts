import type { AgentMessage, OpenMessage } from "@pier/protocol";
import { Stack } from "../../screen/stack.ts";
import { Spaced } from "../base/spaced.ts";
import type { Setting } from "../setting.ts";
import type { ToolCalls } from "../tools/tool-calls.ts";
import { type AssistantPart, finishedParts, openParts } from "./assistant-parts.ts";
import { partView, type PartView } from "./part-view.ts";
import { stopLine } from "./stop-line.ts";

/** What stands last in a transcript: calls of tools stand close together, all else apart. Null when nothing does. */
export type Kind = "tool" | "words" | null;

interface Shown {
  part: PartView;
  spaced: Spaced;
}

/** A message of the model, from its first word to its last. */
export class AssistantView extends Stack {
  readonly #setting: Setting;
  readonly #calls: ToolCalls;
  #shown = new Map<string, Shown>();
  #kind: Kind = null;

  constructor(setting: Setting, calls: ToolCalls) {
    super();
    this.#setting = setting;
    this.#calls = calls;
  }

  /** What it ends with, or what stands above it when nothing is to be seen of it. */
  get kind(): Kind {
    return this.#kind;
  }

  /** Shows what is there of a message in flight, below something of a kind. */
  update(message: OpenMessage, above: Kind): void {
    this.#show(openParts(message), above);
  }

  /** Shows the finished message; it settles. */
  finish(message: AgentMessage, above: Kind): void {
    this.#show(finishedParts(message), above);
    const line = stopLine(message, this.#setting.view.theme);
    if (line) this.add(new Spaced(line, this.#kind !== null));
    if (line) this.#kind = "words";
    this.open = false;
  }

  #show(parts: readonly AssistantPart[], above: Kind): void {
    const before = [...this.#shown.keys()];
    const shown = new Map<string, Shown>();
    this.#kind = above;
    for (const part of parts) {
      const key = `${part.kind} ${part.index}`;
      const view = this.#shown.get(key) ?? this.#create(part);
      shown.set(key, view);
      if (view.part.update(part)) this.#place(view.spaced, part.kind === "toolcall" ? "tool" : "words");
    }
    this.#shown = shown;
    const keys = [...shown.keys()];
    const blocks = [...shown.values()].map(({ spaced }) => spaced);
    // Parts that were let go of stay away: only new ones are added, unless the message became another one.
    if (before.every((key, at) => key === keys[at])) {
      for (const block of blocks.slice(before.length)) this.add(block);
    } else {
      if (this.dropped) this.#setting.outdate();
      this.replace(blocks);
    }
  }

  #place(spaced: Spaced, kind: Kind): void {
    const close = kind === "tool" && this.#kind === "tool" && !this.#setting.view.expanded;
    spaced.apart = this.#kind !== null && !close;
    this.#kind = kind;
  }

  #create(part: AssistantPart): Shown {
    const view = partView(part, this.#setting, this.#calls);
    return { part: view, spaced: new Spaced(view.block, false) };
  }
}
