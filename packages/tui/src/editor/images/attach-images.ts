import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { imageType, signatureLength } from "@pier/client";
import type { ImageContent } from "@pier/protocol";
import { bytes as inWords } from "../../commands/format.ts";
import { limits } from "../../limits.ts";
import { type ImageReference, imageReferences } from "./image-references.ts";

/** A prompt whose images were read. */
export interface PromptWithImages {
  /** The text, with each image named as pi names it. */
  text: string;
  images: ImageContent[];
}

export interface AttachImagesOptions {
  /** The session's folder, when it is on this machine: `@docs/a.png` is a file of it. */
  folder: string | null;
  home?: string;
}

/**
 * Reads the images of this machine that a prompt names. What is no image, or is not here, stays as it was typed: it may
 * be a file of the session's machine.
 *
 * @throws Error when an image that was named with `@` is too large
 */
export async function attachImages(text: string, options: AttachImagesOptions): Promise<PromptWithImages> {
  const images: ImageContent[] = [];
  let total = 0;
  let attached = "";
  let from = 0;
  for (const reference of imageReferences(text)) {
    const path = placeOf(reference, options);
    const image =
      path === null
        ? null
        : await readImage(path, { room: limits.images - total, full: images.length >= limits.imageCount });
    if (path === null || image === null) continue;
    if ("problem" in image) {
      if (reference.explicit) throw new Error(image.problem);
      continue;
    }
    total += image.bytes.length;
    images.push({ type: "image", data: image.bytes.toString("base64"), mimeType: image.type });
    attached += `${text.slice(from, reference.start)}<file name="${path}"></file>`;
    from = reference.end;
  }
  return { text: attached + text.slice(from), images };
}

function placeOf({ path }: ImageReference, { folder, home = homedir() }: AttachImagesOptions): string | null {
  if (path.startsWith("~/")) return join(home, path.slice(2));
  if (isAbsolute(path)) return path;
  return folder === null ? null : resolve(folder, path);
}

type Read = { bytes: Buffer; type: string } | { problem: string };

interface Room {
  /** Bytes that are left for this prompt. */
  room: number;
  full: boolean;
}

/** An image file; null when there is none. */
async function readImage(path: string, room: Room): Promise<Read | null> {
  // A pipe of that name would wait for somebody to write into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (!file) return null;
  try {
    return await readOpened(file, path, room);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

async function readOpened(file: FileHandle, path: string, { room, full }: Room): Promise<Read | null> {
  const stats = await file.stat();
  if (!stats.isFile() || stats.size < signatureLength) return null;
  const head = Buffer.alloc(signatureLength);
  await file.read(head, 0, signatureLength, 0);
  const type = imageType(head);
  if (type === null) return null;
  if (full) return { problem: `A prompt takes ${limits.imageCount} images: send the others with another one.` };
  if (stats.size > room) {
    return {
      problem: `${path} has ${inWords(stats.size)}: the images of a prompt may have ${inWords(limits.images)} together. Make it smaller.`,
    };
  }
  const bytes = Buffer.alloc(stats.size);
  const { bytesRead } = await file.read(bytes, 0, stats.size, 0);
  return { bytes: bytes.subarray(0, bytesRead), type };
}
