import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import { Boxed } from "../base/boxed.ts";
import { contentOf } from "../base/content.ts";
import { Drawn } from "../base/drawn.ts";
import { firstLines } from "../base/text-lines.ts";
import { counted } from "../base/words.ts";
import { wrapped } from "../base/wrap.ts";
import type { View } from "../view.ts";
import { imageBlock } from "./image-block.ts";

/** What a person said. */
export function userMessage(content: unknown, view: View): Block[] {
  const { text, images } = contentOf(content);
  const { theme } = view;
  const { lines, left } = firstLines(text.slice(0, limits.text), limits.textLines);
  const more = left > 0 ? counted(left, "more line") : text.length > limits.text ? "more" : "";
  const rows = new Drawn((width) => [
    ...(lines.length > 0 ? wrapped(lines.join("\n"), width, { style: (row) => theme.fg("userMessageText", row) }) : []),
    ...(more ? wrapped(`… ${more}; the web shows all`, width, { style: (row) => theme.fg("muted", row) }) : []),
  ]);
  return [
    new Boxed(rows, (row) => theme.bg("userMessageBg", row), "›"),
    ...images.map((image) => imageBlock(image, view)),
  ];
}
