import type { AttachedFile } from "@pier/protocol";

/** Types that travel in a message itself. */
const inline: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Files of a message that are not seen as one of its pictures, of which so many are shown; each with its own name. */
export function filesBeside(files: readonly AttachedFile[], images: number): (AttachedFile & { name: string })[] {
  let shown = images;
  return files
    .filter(({ mimeType }) => !(inline.has(mimeType) && shown-- > 0))
    .map((file) => ({ ...file, name: file.path.split(/[/\\]/).at(-1) ?? file.path }));
}
