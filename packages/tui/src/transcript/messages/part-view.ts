import type { Block } from "../../screen/block.ts";
import { StreamingMarkdown } from "../markdown/streaming-markdown.ts";
import type { Setting } from "../setting.ts";
import { ToolCallView } from "../tools/tool-call-view.ts";
import type { ToolCalls } from "../tools/tool-calls.ts";
import type { AssistantPart, CallPart } from "./assistant-parts.ts";
import { ThinkingBlock } from "./thinking-block.ts";

/** One part of the model's message on the screen. */
export interface PartView {
  readonly block: Block;
  /** Shows the part as it is now. Returns whether anything is to be seen of it. */
  update(part: AssistantPart): boolean;
}

export function partView({ kind }: AssistantPart, setting: Setting, calls: ToolCalls): PartView {
  switch (kind) {
    case "text":
      return textView(setting);
    case "thinking":
      return thinkingView(setting);
    case "toolcall":
      return callView(setting, calls);
  }
}

function textView({ view }: Setting): PartView {
  const block = new StreamingMarkdown({ theme: view.theme.markdown });
  const words = new Words();
  return {
    block,
    update(part) {
      if (part.kind !== "text") return false;
      block.update(part.text);
      if (part.over) block.finish();
      return words.any(part.text);
    },
  };
}

function thinkingView({ view }: Setting): PartView {
  const block = new ThinkingBlock(view);
  const words = new Words();
  return {
    block,
    update(part) {
      if (part.kind !== "thinking") return false;
      block.update(part);
      return words.any(part.text) || part.redacted;
    },
  };
}

function callView(setting: Setting, calls: ToolCalls): PartView {
  const block = new ToolCallView(setting);
  return {
    block,
    update(part) {
      if (part.kind !== "toolcall") return false;
      block.setCall(part);
      register(part, block, calls);
      return true;
    },
  };
}

function register({ id, state }: CallPart, view: ToolCallView, calls: ToolCalls): void {
  if (id !== undefined) calls.open(id, view, state);
  // What has no name cannot be answered.
  else if (state !== "open") view.setEnd("not run");
}

/**
 * Whether a text that grows has any words yet. It is looked into only until it has: a text that grows by concatenation is put
 * together anew each time.
 */
class Words {
  #any = false;
  #length = 0;

  any(text: string): boolean {
    // One that got shorter began anew.
    this.#any = (this.#any && text.length >= this.#length) || /\S/.test(text);
    this.#length = text.length;
    return this.#any;
  }
}
