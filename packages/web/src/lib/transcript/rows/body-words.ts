import type { Body } from "@pier/protocol";

/** A body as far as it came: of an elided one its two ends. */
export function bodyWords(body: Body): string {
  return typeof body === "string" ? body : `${body.head}\n…\n${body.tail}`;
}

/** Characters of a body, or bytes of one that was elided. */
export function bodySize(body: Body): number {
  return typeof body === "string" ? body.length : body.bytes;
}
