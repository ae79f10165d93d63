import { readFileSync, statSync } from "node:fs";
import { type AttachedFile, type ImageContent, limits, PierError } from "@pier/protocol";
import { isImage } from "./media-type.ts";
import type { UploadRow } from "./upload-row.ts";

/** What a prompt says and carries of files. */
export interface PromptFiles {
  files: AttachedFile[];
  /** The images among them, as far as they are small enough to travel. */
  images: ImageContent[];
}

/**
 * Reads what a prompt needs of its files. At once and not one after the other: prompts must keep their order, and what
 * travels is bounded.
 *
 * @throws PierError `NOT_FOUND` when a file is gone
 */
export function promptFiles(rows: readonly UploadRow[]): PromptFiles {
  const images: ImageContent[] = [];
  let sum = 0;
  const files = rows.map(({ path, name, mimeType, size }) => {
    if (statSync(path, { throwIfNoEntry: false })?.size !== size)
      throw new PierError("NOT_FOUND", `The attached file ${name} is gone or was changed: attach it again.`);
    if (isImage(mimeType) && size <= limits.inlineImage && sum + size <= limits.inlineImages) {
      sum += size;
      images.push({ type: "image", data: readFileSync(path, "base64"), mimeType });
    }
    return { path, mimeType, size };
  });
  return { files, images };
}
