import { string } from "@pier/client/messages";
import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import { Stack } from "../../screen/stack.ts";
import { Boxed } from "../base/boxed.ts";
import { cleanLine } from "../base/clean.ts";
import { contentOf } from "../base/content.ts";
import { StreamingMarkdown } from "../markdown/streaming-markdown.ts";
import { TextBlock } from "../text-block.ts";
import type { View } from "../view.ts";
import { imageBlock } from "./image-block.ts";

/** What an extension said. */
export function customMessage({ customType, content }: Record<string, unknown>, view: View): Block[] {
  const { theme } = view;
  const { text, images } = contentOf(content);
  const label = cleanLine(string(customType).slice(0, 100)) || "extension";
  const stack = new Stack();
  stack.add(
    new TextBlock(`[${label}]`, (row) => theme.bold(theme.fg("customMessageLabel", row))),
    new StreamingMarkdown(
      { theme: theme.markdown, style: { color: (words) => theme.fg("customMessageText", words) } },
      text.slice(0, limits.text),
    ).finish(),
  );
  return [
    new Boxed(stack, (row) => theme.bg("customMessageBg", row), "·"),
    ...images.map((image) => imageBlock(image, view)),
  ];
}
