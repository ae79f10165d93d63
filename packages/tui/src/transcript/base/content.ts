import { body, list, record, string } from "@pier/client/messages";
import type { Body } from "@pier/protocol";
import { cleanBody } from "./clean.ts";
import { compactJson } from "./compact-json.ts";

export interface ImagePart {
  data: Body;
  mimeType: string;
}

/** What a message's content is made of, for people. */
export interface Content {
  text: string;
  images: readonly ImagePart[];
}

/** The content of a message: a string, or parts of text and images; parts of other types are shown as they are written. */
export function contentOf(content: unknown): Content {
  if (body(content) !== undefined) return { text: cleanBody(content), images: [] };
  const texts: string[] = [];
  const images: ImagePart[] = [];
  for (const part of list(content)) {
    const { type, text, data, mimeType } = record(part);
    const image = type === "image" ? body(data) : undefined;
    if (image !== undefined) images.push({ data: image, mimeType: string(mimeType) });
    else texts.push(type === "text" ? cleanBody(text) : compactJson(part));
  }
  return { text: texts.join("\n"), images };
}
