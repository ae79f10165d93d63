import { duration } from "#lib/ui/times.ts";
import type { FoldRow, GroupRow, ThinkingRow } from "./rows/row.ts";

/** `1 file`, `12 files`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** `812 B`, `12 KB`, `3.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What the line of a finished turn says: `Worked 2 m 14 s`, `14 tools, 4 files changed`. */
export function foldWords({ took, tools, failed, files, isPart }: FoldRow): { what: string; meta: string } {
  if (isPart) return { what: "Worked", meta: `${tools.toLocaleString("en-US")} tools or more` };
  const meta = [counted(tools, "tool")];
  if (files > 0) meta.push(`${counted(files, "file")} changed`);
  if (failed > 0) meta.push(`${failed} failed`);
  return { what: took === undefined || took < 1000 ? "Worked" : `Worked ${wholeSeconds(took)}`, meta: meta.join(", ") };
}

/** What the line of a run of quick calls says: `Read 5 files`. */
export function groupWords({ name, count }: GroupRow): { what: string; meta: string } {
  const what = {
    read: `read ${counted(count, "file")}`,
    ls: `ls ${counted(count, "folder")}`,
    grep: `grep ${counted(count, "time")}`,
  }[name];
  return { what: what ?? `${name} ${counted(count, "time")}`, meta: "" };
}

/** What the line of a thought says: `Thought for 4 s`. */
export function thoughtWords({ redacted, took }: Pick<ThinkingRow, "redacted" | "took">): string {
  const words = took === undefined || took < 1000 ? "Thought" : `Thought for ${wholeSeconds(took)}`;
  return redacted ? `${words}, what it was is kept by the provider` : words;
}

/** How long something took, without fractions of a second. */
export function wholeSeconds(ms: number): string {
  return ms < 9_950 ? `${Math.round(ms / 1000)} s` : duration(ms);
}
