import type { Body } from "@pier/protocol";
import { limits } from "../../limits.ts";
import { getCapabilities, getImageDimensions, Image } from "../../pi-tui/index.ts";
import type { Block } from "../../screen/block.ts";
import { cleanLine } from "../base/clean.ts";
import type { ImagePart } from "../base/content.ts";
import { Drawn } from "../base/drawn.ts";
import { cut } from "../base/spans.ts";
import { size } from "../base/words.ts";
import { margin } from "../base/wrap.ts";
import type { View } from "../view.ts";

/** An image, drawn where the terminal can; otherwise named. */
export function imageBlock({ data, mimeType }: ImagePart, view: View, indent: number = margin): Block {
  const name = `[${["image", ...described(data, mimeType)].join(" · ")}]`;
  const label = (width: number): string[] => [
    " ".repeat(indent) + view.theme.fg("muted", cut(name, width - indent - margin)),
  ];
  if (typeof data !== "string" || !isDrawable(data, mimeType)) return new Drawn(label);
  const image = new Image(
    data,
    mimeType,
    { fallbackColor: (text) => text },
    {
      maxWidthCells: limits.imageColumns,
      maxHeightCells: limits.imageRows,
    },
  );
  return new Drawn((width) => (view.images && getCapabilities().images ? image.render(width) : label(width)));
}

function isDrawable(data: string, mimeType: string): boolean {
  const { images } = getCapabilities();
  // Nothing but base64 may get into the sequence that carries it to the terminal.
  if (images === null || data.length > limits.image || !/^[A-Za-z0-9+/]+=*$/.test(data)) return false;
  return images === "iterm2" ? /^image\/(?:png|jpeg|gif|webp)$/.test(mimeType) : mimeType === "image/png";
}

function described(data: Body, mimeType: string): string[] {
  const head = typeof data === "string" ? data.slice(0, 100_000) : data.head;
  const pixels = getImageDimensions(head, mimeType);
  const characters = typeof data === "string" ? data.length : data.bytes;
  return [
    cleanLine(mimeType)
      .replace(/^image\//, "")
      .slice(0, 40),
    ...(pixels ? [`${pixels.widthPx}×${pixels.heightPx}`] : []),
    size(Math.floor(characters * 0.75)),
    ...(typeof data === "string" ? [] : ["not loaded here"]),
  ].filter((word) => word !== "");
}
