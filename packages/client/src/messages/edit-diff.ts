/** A line of the diff that pi's edit tool gives (`details.diff`): a sign, the line's number, its text. */
export interface DiffLine {
  kind: "added" | "removed" | "context" | "skip";
  number: string;
  text: string;
}

export function diffLine(line: string): DiffLine {
  const [, sign = "", number = "", text = ""] = /^([-+ ])( *\d*)(?: (.*))?$/.exec(line) ?? [];
  if (sign === "") return { kind: "context", number: "", text: line };
  if (number.trim() === "" && text === "...") return { kind: "skip", number, text: "…" };
  return { kind: sign === "+" ? "added" : sign === "-" ? "removed" : "context", number, text };
}

/** How many lines a diff adds and removes; null for what is no diff, or not all of one. */
export function diffCounts(diff: unknown): { added: number; removed: number } | null {
  if (typeof diff !== "string" || diff === "") return null;
  let added = 0;
  let removed = 0;
  for (const line of diff.split("\n")) {
    if (line.startsWith("+")) added++;
    else if (line.startsWith("-")) removed++;
  }
  return { added, removed };
}
