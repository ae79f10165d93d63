/** The media type of an image by how its bytes begin; null for anything else. */
export function imageType(bytes: Uint8Array): string | null {
  for (const { type, parts } of signatures) {
    if (parts.every(([at, expected]) => latin(bytes, at, expected.length) === expected)) return type;
  }
  return null;
}

/** The ending that a file of a media type has. */
export function imageEnding(type: string): string {
  return type === "image/jpeg" ? "jpg" : type.slice(type.indexOf("/") + 1);
}

/** Bytes that have to be read to tell. */
export const signatureLength = 12;

const signatures: readonly { type: string; parts: readonly (readonly [number, string])[] }[] = [
  { type: "image/png", parts: [[0, "\u0089PNG\r\n\u001a\n"]] },
  { type: "image/jpeg", parts: [[0, "\u00ff\u00d8\u00ff"]] },
  { type: "image/gif", parts: [[0, "GIF87a"]] },
  { type: "image/gif", parts: [[0, "GIF89a"]] },
  {
    type: "image/webp",
    parts: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  },
];

function latin(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
