/** A name as it is kept: one line of whole characters with no blanks around it. Null when nothing is left to see. */
export function cleanName(name: string): string | null {
  // oxlint-disable-next-line no-control-regex -- they are what is meant
  const line = name.toWellFormed().replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  return line.trim() || null;
}
