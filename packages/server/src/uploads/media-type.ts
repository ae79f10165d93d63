/** Bytes at the beginning of a file that `mediaType` looks at. */
export const mediaTypeBytes = 16;

/**
 * The type of a file. Images are known by their first bytes, never by what somebody says: they are shown in pages and given
 * to models. Of all else only the word of whoever sent it is known.
 */
export function mediaType(start: Buffer, said: string | undefined): string {
  const image = images.find(({ matches }) => matches(start));
  if (image) return image.type;
  const type = /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*/i.exec(said ?? "")?.[0].toLowerCase();
  const isRaster = images.some((one) => one.type === type);
  return type === undefined || isRaster || type.length > 100 ? "application/octet-stream" : type;
}

/** Whether a page may show a file of this type as an image, and a model be given it. */
export function isImage(type: string): boolean {
  return images.some((image) => image.type === type);
}

const images: { type: string; matches: (start: Buffer) => boolean }[] = [
  { type: "image/png", matches: (start) => start.subarray(0, 8).toString("latin1") === "\x89PNG\r\n\x1a\n" },
  { type: "image/jpeg", matches: (start) => start.subarray(0, 3).toString("latin1") === "\xff\xd8\xff" },
  { type: "image/gif", matches: (start) => /^GIF8[79]a/.test(start.toString("latin1")) },
  { type: "image/webp", matches: (start) => /^RIFF[^]{4}WEBP/.test(start.toString("latin1")) },
];
