import { body, record } from "@pier/client/messages";
import type { Body } from "@pier/protocol";
import { bodyWords } from "../rows/body-words.ts";
import { contentOf } from "../rows/content.ts";
import type { ImagePart, ToolRow } from "../rows/row.ts";
import { diffOfEdits } from "./diff-lines.ts";
import { failureOf } from "./failure.ts";
import { type Progress, progressOf } from "./progress.ts";
import { textOf } from "./tool-title.ts";

/** What of a tool call is shown below its line, and the verdict on it. */
export interface ToolLook {
  /** What it gave. */
  texts: readonly Body[];
  images: readonly ImagePart[];
  /** The change, of an edit. */
  diff: string;
  /** What is written, by a tool that writes a file. */
  written: Body;
  /** A command of more than one line. */
  command: string;
  /** Why it failed, in a word. */
  why: string;
  progress: Progress | null;
  /** Whether it opens by itself. */
  opens: boolean;
}

const nothing = { diff: "", written: "", command: "", why: "", progress: null } as const;

export function toolLook(row: ToolRow): ToolLook {
  const { name, args, state, details } = row;
  const { texts, images } = contentOf(row.content);
  const isFailed = state === "failed";
  const isRunning = state === "running";
  const last = texts.at(-1);
  const words = last === undefined ? "" : bodyWords(last);
  const base = { ...nothing, texts, images };
  if (isFailed) return { ...base, command: longCommand(row), why: failureOf(words).why, opens: true };
  switch (name) {
    case "edit": {
      const told = body(record(details)["diff"]);
      const diff = told === undefined ? diffOfEdits(args) : bodyWords(told);
      return { ...base, texts: diff === "" ? texts : [], diff, opens: diff !== "" };
    }
    case "write":
      return { ...base, texts: [], written: body(args["content"]) ?? "", opens: state === "writing" };
    default:
      return {
        ...base,
        command: longCommand(row),
        progress: isRunning ? progressOf(words) : null,
        opens: isRunning && texts.length > 0,
      };
  }
}

function longCommand({ name, args }: ToolRow): string {
  const command = name === "bash" || name === "powershell" ? textOf(args["command"]).trim() : "";
  return command.includes("\n") ? command : "";
}
