import type { Locator } from "playwright-core";

/** How wide a picture is by itself, in pixels; 0 before the browser has read it. */
export function pictureWidth(picture: Locator): Promise<number> {
  return picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
}
