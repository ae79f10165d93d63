import { imageType } from "@pier/client";
import { limits } from "../limits.ts";
import type { WholeImage } from "./attached.ts";

export interface ReadImage {
  image: WholeImage;
  /** What was done to it, in words; null when it goes as it is. */
  changed: string | null;
}

/**
 * Reads an image that models can see; null for any other file, whatever its name says. One that is too large is made
 * smaller: the browser decodes and encodes it beside the page.
 *
 * @throws Error when it cannot be read, or is too large even so
 */
export async function readImage(file: File): Promise<ReadImage | null> {
  const type = imageType(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (type === null) return null;
  if (file.size > limits.imageFile) throw new Error(`${file.name} is larger than ${megabytes(limits.imageFile)}.`);
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new Error(`${file.name} begins like an image, but this browser cannot read it.`);
  const { width, height } = bitmap;
  const side = Math.max(width, height);
  if (side <= limits.imageSide && file.size <= limits.image) {
    bitmap.close();
    return { image: { type: "image", data: await base64(file), mimeType: type }, changed: null };
  }
  const scale = Math.min(1, limits.imageSide / side);
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const smaller = await encode(bitmap, w, h, type);
  bitmap.close();
  if (smaller.size > limits.image) throw new Error(`${file.name} stays too large: make it smaller.`);
  return {
    image: { type: "image", data: await base64(smaller), mimeType: smaller.type },
    changed: `${file.name} was made smaller: ${w} × ${h} instead of ${width} × ${height}.`,
  };
}

/** Draws an image anew; a photograph stays one, what was without loss stays so if it is small enough. */
async function encode(bitmap: ImageBitmap, width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, width, height);
  if (type !== "image/jpeg") {
    const whole = await canvas.convertToBlob({ type: "image/png" });
    if (whole.size <= limits.image) return whole;
  }
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new Error("The image could not be read.", { cause: reader.error }));
    reader.readAsDataURL(blob);
  });
}

/** Bytes in words: `3.0 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`;
}
