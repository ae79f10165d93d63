import type { Body, ImageContent, TextContent } from "@pier/protocol";

/** A string of a message for people; of an elided one its ends, with what is missing said. */
export function bodyText(body: Body | undefined): string {
  if (body === undefined || typeof body === "string") return body ?? "";
  const shown = Buffer.byteLength(body.head) + Buffer.byteLength(body.tail);
  return `${body.head}\n… ${Math.max(0, body.bytes - shown)} bytes are not shown here …\n${body.tail}`;
}

/** The text of a message's content, images named. */
export function contentText(content: Body | readonly (TextContent | ImageContent)[] | undefined): string {
  if (!Array.isArray(content)) return bodyText(content as Body | undefined);
  const parts = content as readonly (TextContent | ImageContent)[];
  return parts.map((part) => (part.type === "text" ? bodyText(part.text) : `[image, ${part.mimeType}]`)).join("\n");
}
