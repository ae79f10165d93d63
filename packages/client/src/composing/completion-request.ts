/** What could be completed at the cursor. `prefix` is what the completion replaces. */
export type CompletionRequest =
  | { kind: "name"; mark: "/" | "//"; prefix: string; word: string }
  | { kind: "argument"; mark: "/" | "//"; name: string; prefix: string }
  | { kind: "file"; prefix: string; query: string; at: boolean; quoted: boolean };

export interface CursorPlace {
  lines: readonly string[];
  line: number;
  column: number;
}

/** Finds what the text before the cursor asks for. `force`: Tab was pressed, so that any word may be a path. */
export function completionRequest({ lines, line, column }: CursorPlace, force: boolean): CompletionRequest | null {
  const before = (lines[line] ?? "").slice(0, column);
  const file = fileRequest(before);
  if (file) return file;
  const command = line === 0 ? commandRequest(before) : null;
  return command ?? (force ? pathRequest(before) : null);
}

function commandRequest(before: string): CompletionRequest | null {
  const [, mark, name = "", space, argument = ""] = /^\s*(\/\/?)([^\s/]*)(?:(\s+)([\s\S]*))?$/.exec(before) ?? [];
  if (mark !== "/" && mark !== "//") return null;
  if (space === undefined) return { kind: "name", mark, prefix: `${mark}${name}`, word: name };
  return { kind: "argument", mark, name, prefix: argument };
}

/** `@path` and `@"path with spaces`, at the beginning of a word. */
function fileRequest(before: string): CompletionRequest | null {
  const quoted = /(?:^|[\s"'=(])(@"([^"]*))$/.exec(before);
  if (quoted) return { kind: "file", prefix: quoted[1] ?? "", query: quoted[2] ?? "", at: true, quoted: true };
  const plain = /(?:^|[\s"'=(])(@([^\s"'=]*))$/.exec(before);
  return plain && { kind: "file", prefix: plain[1] ?? "", query: plain[2] ?? "", at: true, quoted: false };
}

function pathRequest(before: string): CompletionRequest {
  const quotes = before.split('"').length - 1;
  if (quotes % 2 === 1) {
    const query = before.slice(before.lastIndexOf('"') + 1);
    return { kind: "file", prefix: `"${query}`, query, at: false, quoted: true };
  }
  const [, word = ""] = /([^\s"'=]*)$/.exec(before) ?? [];
  return { kind: "file", prefix: word, query: word, at: false, quoted: false };
}
