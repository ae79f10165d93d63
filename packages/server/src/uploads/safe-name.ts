import { uploadLimits } from "../limits.ts";

/**
 * A name for a file on disk, whatever a stranger calls it: one segment of a path on every system, without control
 * characters or marks that turn the direction of writing, not hidden, not too long. Its extension stays.
 */
export function safeName(given: string | undefined): string {
  const segment = (given ?? "").normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const cleaned = segment
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replaceAll(/[<>:"|?*]/g, "_")
    .replaceAll(/\s+/g, " ")
    .replace(/^[. -]+/, "")
    .replace(/[. ]+$/, "");
  return shortened(cleaned === "" ? "file" : cleaned);
}

/** Systems count bytes. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= uploadLimits.name) return name;
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(name)?.[0] ?? "";
  let kept = "";
  let room = uploadLimits.name - extension.length;
  for (const character of name) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept.trimEnd() + extension;
}
