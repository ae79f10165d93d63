import { neutralise, neutraliseLine } from "@pier/client/messages";
import type { Dialog } from "@pier/protocol";

/** What is asked, in the parts in which it is shown. Nothing of it is left out. */
export interface QuestionText {
  title: string;
  /** A sentence below the title. */
  why: string;
  /** A command, a diff or anything else of several lines. */
  body: string;
}

/** Characters of a title that reads as one. */
const longest = 80;

/** Splits what an extension asks into what reads as a title, as a sentence, and as text of its own. */
export function questionText({ title = "", message = "" }: Pick<Dialog, "title" | "message">): QuestionText {
  const { head, rest } = splitTitle(neutralise(title).trim());
  const more = neutralise(message).trim();
  const isSentence = more !== "" && !more.includes("\n") && more.length <= 3 * longest;
  const body = [rest, isSentence ? "" : more].filter((part) => part !== "").join("\n\n");
  return { title: neutraliseLine(head) || "A question", why: isSentence ? more : "", body };
}

/** `Dangerous command: rm -rf …` has its command apart, unless both are short. */
function splitTitle(title: string): { head: string; rest: string } {
  const isOneLine = !title.includes("\n");
  if (isOneLine && title.length <= longest) return { head: title, rest: "" };
  const [, named, behind] = /^([^\n:]{1,80}):\s+([^]+)$/.exec(title) ?? [];
  if (named !== undefined && behind !== undefined) return { head: named, rest: behind };
  const [first = "", ...others] = title.split("\n");
  if (first.length <= 2 * longest) return { head: first, rest: others.join("\n").trim() };
  return { head: "", rest: title };
}

/** How a line of a diff is meant. */
export type LineKind = "added" | "removed" | "hunk" | "plain";

/** The lines of a text; where it is a diff, with what happened to each. */
export function bodyLines(body: string): { text: string; kind: LineKind }[] {
  const lines = body.split("\n");
  const isDiff =
    lines.some((line) => /^@@ .*@@/.test(line)) || (lines.some(isHead("--- ")) && lines.some(isHead("+++ ")));
  return lines.map((text) => ({ text, kind: isDiff ? kindOf(text) : "plain" }));
}

const isHead =
  (mark: string) =>
  (line: string): boolean =>
    line.startsWith(mark);

function kindOf(line: string): LineKind {
  if (line.startsWith("@@") || line.startsWith("--- ") || line.startsWith("+++ ")) return "hunk";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "plain";
}
