/** Types that browsers draw without running anything. */
const drawn: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/bmp",
]);

/** An address at which an image of a message can be seen; null for what is none. */
export function imageAddress(base64: string, mimeType: string): string | null {
  return drawn.has(mimeType) && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? `data:${mimeType};base64,${base64}` : null;
}
