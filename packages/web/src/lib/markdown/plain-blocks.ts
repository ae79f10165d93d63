import type { Block } from "./tree.ts";

/** A part that is too large to be lexed: code when it is one fence from end to end, otherwise text. */
export function plainBlocks(source: string, isOpen: boolean): Block[] {
  const opening = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]{0,40})[^\n`]*\n/.exec(source);
  const [whole, run = "", language = ""] = opening ?? [];
  if (whole === undefined) return [{ type: "plain", text: source }];
  const end = source.trimEnd();
  const lastLine = end.lastIndexOf("\n") + 1;
  const closed = new RegExp(`^ {0,3}\\${run[0]}{${run.length},}$`).test(end.slice(lastLine));
  const text = source.slice(whole.length, closed ? lastLine - 1 : undefined);
  const another = new RegExp(`^ {0,3}\\${run[0]}{${run.length},}[ \\t]*$`, "m").test(text);
  return another ? [{ type: "plain", text: source }] : [{ type: "code", text, language, closed: closed || !isOpen }];
}
