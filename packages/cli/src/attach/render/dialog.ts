import type { Dialog, DialogAnswer } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import { type Chunk, line } from "./chunk.ts";

/** A question as it is put to a person. */
export function dialogChunks(dialog: Dialog): Chunk[] {
  const title = dialog.title ?? "A question";
  const chunks = [line(`? ${title}`, "warning")];
  if (dialog.message !== undefined) chunks.push(...dialog.message.split("\n").map((text) => line(`  ${text}`)));
  if (dialog.method === "select")
    chunks.push(...(dialog.options ?? []).map((option, at) => line(`  ${at + 1}) ${neutraliseLine(option)}`)));
  if (dialog.method === "editor" && dialog.prefill) {
    chunks.push(...dialog.prefill.split("\n").map((text) => line(`  │ ${text}`, "dim")));
  }
  chunks.push(line(`  ${howToAnswer(dialog)}`, "dim"));
  return chunks;
}

/** `more`: the line is part of an answer of several. */
export type Answering = { answer: DialogAnswer } | { problem: string } | { more: true };

/**
 * Takes a line for a question.
 *
 * @param lines those of an editor that came before
 */
export function takeLine(dialog: Dialog, text: string, lines: readonly string[]): Answering {
  switch (dialog.method) {
    case "select":
      return choose(dialog.options ?? [], text.trim());
    case "confirm": {
      const word = text.trim().toLowerCase();
      if (["y", "yes"].includes(word)) return { answer: { confirmed: true } };
      if (["n", "no"].includes(word)) return { answer: { confirmed: false } };
      return { problem: "Type y or n." };
    }
    case "input":
      return { answer: { value: text } };
    case "editor":
      if (text !== ".") return { more: true };
      return { answer: { value: lines.length === 0 ? (dialog.prefill ?? "") : lines.join("\n") } };
  }
}

/** By number, by the text itself, or by the beginning of exactly one. */
function choose(options: readonly string[], text: string): Answering {
  const number = /^\d+$/.test(text) ? options[Number(text) - 1] : undefined;
  const same = options.find((option) => option === text) ?? number;
  if (same !== undefined) return { answer: { value: same } };
  const found = text === "" ? [] : options.filter((option) => option.toLowerCase().startsWith(text.toLowerCase()));
  if (found.length === 1 && found[0] !== undefined) return { answer: { value: found[0] } };
  return { problem: `Type a number from 1 to ${options.length}, or how one of them begins.` };
}

function howToAnswer({ method, placeholder, prefill }: Dialog): string {
  switch (method) {
    case "select":
      return "Type its number, or how it begins; //cancel chooses none.";
    case "confirm":
      return "Type y or n.";
    case "input":
      return placeholder ? `Type an answer, such as: ${placeholder}` : "Type an answer.";
    case "editor":
      return prefill
        ? "Type lines that replace this, then a line with only a dot; a dot alone keeps it."
        : "Type lines, then a line with only a dot.";
  }
}
