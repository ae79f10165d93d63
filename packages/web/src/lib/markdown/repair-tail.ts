import { markdownLimits } from "./limits.ts";

/**
 * What the end of a growing text most likely means, so that nothing flickers while it is written: marks that are open are
 * closed, and what could still become anything is held back.
 */
export function repairTail(source: string): string {
  const fence = openFence(source);
  // A fence that is being closed: one or two of its marks are not code yet.
  if (fence) return source.replace(/\n[ \t]*(?:`{1,2}|~{1,2})$/, "\n");
  if (source.length > markdownLimits.block) return source;
  const table = repairTable(source);
  if (table !== null) return table;
  const start = startOfInlines(source);
  const lead = source.slice(0, start);
  return lead + closeInlines(holdBack(source.slice(start), lead));
}

function openFence(source: string): boolean {
  let open = "";
  for (const [, run = "", rest = ""] of source.matchAll(
    /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/gm,
  )) {
    if (open === "") open = run[0] === "`" && rest.includes("`") ? "" : run;
    else if (run[0] === open[0] && run.length >= open.length && rest.trim() === "") open = "";
  }
  return open !== "";
}

/** A table begins to be one with its second row: until that is there, it is taken for granted. */
function repairTable(source: string): string | null {
  const rows = lastRows(source);
  const [head, rule] = rows;
  if (head === undefined || rows.length > 2 || (rule !== undefined && !/^[\s|:-]*$/.test(rule))) return null;
  const before = source.slice(0, source.length - rows.join("\n").length);
  if (rule === undefined && head.trim().length < 2) return before;
  const columns = cellsOf(head, /(?<!\\)\|/).length;
  const written = rule === undefined ? [] : cellsOf(rule, /\|/).filter((cell) => /^\s*:?-+:?\s*$/.test(cell));
  if (rule !== undefined && written.length === columns) return null;
  const rest = Array.from({ length: Math.max(0, columns - written.length) }, () => " --- ");
  const closed = /\|\s*$/.test(head) ? head : `${head.trimEnd()} |`;
  return `${before}${closed}\n|${[...written, ...rest].join("|")}|`;
}

/** The lines at the end that begin with a bar, three at most. */
function lastRows(source: string): string[] {
  const rows: string[] = [];
  let end = source.length;
  while (rows.length < 3 && end > 0) {
    const start = source.lastIndexOf("\n", end - 1) + 1;
    const row = source.slice(start, end);
    if (!/^ {0,3}\|/.test(row)) break;
    rows.unshift(row);
    end = start - 1;
  }
  return rows;
}

function cellsOf(row: string, bar: RegExp): string[] {
  return row.trim().replace(/^\|/, "").replace(/\|$/, "").split(bar);
}

/** Where the paragraph, item, heading or cell begins that is being written. */
function startOfInlines(source: string): number {
  const from = source.lastIndexOf("\n\n") + 1;
  const text = source.slice(from);
  let start = 0;
  for (const found of text.matchAll(/^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])|#{1,6}(?=[ \t]))[ \t]*)+/gm)) {
    start = found.index + found[0].length;
  }
  const line = Math.max(start, text.lastIndexOf("\n") + 1);
  const bar = /^[ \t]*\|/.test(text.slice(line)) ? text.lastIndexOf("|") + 1 : 0;
  return from + Math.max(start, bar);
}

/** Takes away the beginning of what may become a heading, an item, a rule, a task or a fence. */
function holdBack(text: string, lead: string): string {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  const isLineStart = line.length < text.length || lead === "" || /\n[ \t]*$/.test(lead);
  if (isLineStart && /^[ \t]*(?:#{1,6}|[-*+_=]{1,3}|\d{1,9}[.)]?|>|`{1,2}|~{1,2}|\$)$/.test(line)) {
    return text.slice(0, text.length - line.length);
  }
  if (/[-*+.)][ \t]+$/.test(lead) && /^\[[ xX]?\]?$/.test(text)) return "";
  return text;
}

interface Opened {
  mark: string;
  /** Where its content begins. */
  from: number;
}

/** Closes what is open at the end of a paragraph. */
function closeInlines(text: string): string {
  const opened: Opened[] = [];
  const brackets: number[] = [];
  /** Where the last mark ends that closed another. */
  let closing = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "\\") {
      if (at === text.length - 1) return closed(text.slice(0, at), opened, closing);
      at++;
    } else if (character === "`") {
      const run = /^`+/.exec(text.slice(at))?.[0] ?? "`";
      const end = endOfCode(text, at + run.length, run.length);
      if (end < 0) return closed(closeCode(text, at, run), opened, closing);
      at = end - 1;
    } else if (character === "[") {
      brackets.push(at);
    } else if (character === "]") {
      const from = brackets.pop();
      if (from === undefined) continue;
      const rest = text.slice(at + 1);
      if (rest === "" || (rest.startsWith("(") && endOfAddress(text, at + 2) < 0))
        return closed(withoutLink(text, from, at), opened, closing);
      if (rest.startsWith("(")) at = endOfAddress(text, at + 2);
    } else if ("*_~".includes(character)) {
      const run = runOf(text, at);
      if (mark(text, at, run, opened)) closing = at + run.length;
      at += run.length - 1;
    }
  }
  const lastLine = text.lastIndexOf("\n");
  const bracket = brackets.find((from) => from > lastLine && /^\[(?:\S|$)/.test(text.slice(from, from + 2)));
  return closed(bracket === undefined ? text : withoutLink(text, bracket, text.length), opened, closing);
}

function runOf(text: string, at: number): string {
  let end = at;
  while (end < text.length && text[end] === text[at]) end++;
  return text.slice(at, end);
}

/** Takes a run of marks into account; says whether it closes what is open. */
function mark(text: string, at: number, run: string, opened: Opened[]): boolean {
  const before = text[at - 1] ?? " ";
  const after = text[at + run.length] ?? "";
  const last = opened.at(-1);
  if (last?.mark === run && /\S/.test(before)) {
    opened.pop();
    return true;
  }
  // The end of the text may be within the closing run.
  if (run === "***" && opened.length > 1 && /\S/.test(before)) opened.splice(-2);
  else if (
    run.length <= 3 &&
    /\S/.test(after || "a") &&
    !/[\p{L}\p{N}]/u.test(before) &&
    (run[0] !== "~" || run.length === 2 || after === "")
  ) {
    opened.push({ mark: run, from: at + run.length });
  }
  return false;
}

/** Appends what closes the open marks; a mark with nothing after it goes. */
function closed(text: string, opened: readonly Opened[], closing: number): string {
  let rest = text.trimEnd();
  const space = text.slice(rest.length);
  let end = "";
  for (const { mark: run, from } of [...opened].reverse()) {
    if (from > rest.length) continue;
    if (from === rest.length) rest = rest.slice(0, -run.length).trimEnd();
    else if (run.length > 1 && end === "" && rest.length !== closing && isBegun(rest, run)) end = run.slice(1);
    else end += run;
  }
  return rest + end + (rest === "" ? "" : space);
}

/** Whether a text ends with the first mark of a run. */
function isBegun(text: string, run: string): boolean {
  return text.endsWith(run[0] ?? "") && !text.endsWith(run);
}

function endOfCode(text: string, from: number, length: number): number {
  for (const found of text.slice(from).matchAll(/`+/g)) {
    if (found[0].length === length) return from + found.index + length;
  }
  return -1;
}

function closeCode(text: string, at: number, run: string): string {
  const inside = text.slice(at + run.length).replace(/`+$/, "");
  return inside.trim() === ""
    ? text.slice(0, at)
    : text.slice(0, at + run.length) + inside + (inside.endsWith("`") ? " " : "") + run;
}

/** Where the `)` of a link stands, its address being read from `from`; -1 when it is not there yet. */
function endOfAddress(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "\n") return at;
    if (character === "(") depth++;
    if (character === ")" && depth-- === 0) return at;
  }
  return -1;
}

/** A link without its address yet is its words; an image is nothing yet. */
function withoutLink(text: string, from: number, to: number): string {
  if (text[from - 1] === "!") return text.slice(0, from - 1);
  return text.slice(0, from) + text.slice(from + 1, to);
}
