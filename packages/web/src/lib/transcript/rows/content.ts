import { body, list, record, string } from "@pier/client/messages";
import type { Body } from "@pier/protocol";
import { bodyWords } from "./body-words.ts";
import type { ImagePart } from "./row.ts";

/** What a message's content is made of, for people. */
export interface Content {
  /** Texts, each of which may be elided; parts of unknown types as JSON. */
  texts: readonly Body[];
  images: readonly ImagePart[];
}

/** The content of a message: a string, or parts of text and images. */
export function contentOf(content: unknown): Content {
  const whole = body(content);
  if (whole !== undefined) return { texts: [whole], images: [] };
  const texts: Body[] = [];
  const images: ImagePart[] = [];
  for (const part of list(content)) {
    const { type, text, data, mimeType } = record(part);
    const image = type === "image" ? body(data) : undefined;
    const words = type === "text" ? body(text) : undefined;
    if (image !== undefined) images.push({ data: image, mimeType: string(mimeType) });
    else texts.push(words ?? JSON.stringify(part));
  }
  return { texts, images };
}

/** Texts as one; an elided one among others stands alone, for it is long enough. */
export function joined(texts: readonly Body[]): Body {
  const [only = "", ...more] = texts;
  if (more.length === 0) return only;
  const elided = texts.find((text) => typeof text !== "string");
  return elided ?? texts.map(bodyWords).join("\n");
}
