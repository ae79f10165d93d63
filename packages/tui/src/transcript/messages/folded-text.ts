import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import { Stack } from "../../screen/stack.ts";
import { Spaced } from "../base/spaced.ts";
import { StreamingMarkdown } from "../markdown/streaming-markdown.ts";
import { TextBlock } from "../text-block.ts";
import type { View } from "../view.ts";

/** One row that says what a text is, and the text where the person unfolded. It has to be clean already. */
export function foldedText(title: string, text: string, { theme, expanded }: View): Block {
  const hint = expanded || text.trim() === "" ? "" : " · Ctrl+O shows it";
  const head = new TextBlock(`${title}${hint}`, (row) => theme.fg("customMessageLabel", row));
  if (!expanded) return head;
  const stack = new Stack();
  stack.add(
    head,
    new Spaced(new StreamingMarkdown({ theme: theme.markdown }, text.slice(0, limits.text)).finish(), true),
  );
  stack.open = false;
  return stack;
}
