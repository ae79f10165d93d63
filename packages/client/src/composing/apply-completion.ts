/** Something that can be put in the place of what was typed. */
export interface CompletionItem {
  value: string;
  label: string;
  description?: string;
}

export interface Completed {
  lines: string[];
  cursorLine: number;
  cursorCol: number;
}

/** Puts a completion in the place of what it completes. After a folder one goes on typing, after anything else comes a space. */
export function applyCompletion(
  lines: readonly string[],
  cursorLine: number,
  cursorCol: number,
  { value }: Pick<CompletionItem, "value">,
  prefix: string,
): Completed {
  const line = lines[cursorLine] ?? "";
  const before = line.slice(0, cursorCol - prefix.length);
  let after = line.slice(cursorCol);
  const closing = value.endsWith('"');
  // The quote that was typed before is not doubled.
  if (closing && after.startsWith('"')) after = after.slice(1);
  const folder = value.endsWith("/") || value.endsWith('/"');
  const space = folder || after.startsWith(" ") ? "" : " ";
  const cursor = before.length + value.length + (folder ? (closing ? -1 : 0) : 1);
  return {
    lines: lines.with(cursorLine, `${before}${value}${space}${after}`),
    cursorLine,
    cursorCol: cursor,
  };
}
