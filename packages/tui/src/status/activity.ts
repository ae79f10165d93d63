import type { Transcript } from "@pier/client";
import type { OpenMessage, ToolRun } from "@pier/protocol";
import { neutraliseLine } from "../text/index.ts";

/** What goes on in a session at a moment. */
export interface Activity {
  text: string;
  /** Whether it goes on by itself, so that something may move. */
  moves: boolean;
  /** Whether Esc stops it. */
  stops: boolean;
  warning?: boolean;
}

/** Characters of a command or path that may be of use on one row. */
const most = 200;

/** What goes on; null when nothing does. `retryIn` says how long the pause before another attempt still takes. */
export function activityOf(transcript: Transcript, retryIn: string): Activity | null {
  const { live, info, ui, caughtUp } = transcript;
  if (!caughtUp)
    return live.running ? { text: "was working; it goes on without this terminal", moves: false, stops: false } : null;
  if (info?.activity === "stopped")
    return { text: "suspended: pi is stopped by a signal", moves: false, stops: false, warning: true };
  if (info?.activity === "starting") return { text: "starting pi", moves: true, stops: false };
  if (ui.dialogs.size > 0) return { text: "waits for an answer", moves: false, stops: live.running };
  if (live.retry) {
    const { attempt, maxAttempts, errorMessage } = live.retry;
    const pause = retryIn === "" ? "" : ` in ${retryIn}`;
    const why = neutraliseLine(errorMessage.slice(0, most));
    const text = `retrying ${attempt}/${maxAttempts}${pause}${why === "" ? "" : `: ${why}`}`;
    return { text, moves: true, stops: true, warning: true };
  }
  const text = workOf(transcript);
  return text === null ? null : { text, moves: true, stops: live.running };
}

function workOf({ live }: Transcript): string | null {
  if (live.compaction) return "compacting";
  const calls = [...live.tools.values()].filter(({ ended }) => !ended);
  const [first] = calls;
  if (first) return callText(first) + (calls.length > 1 ? ` and ${calls.length - 1} more` : "");
  const writing = live.running && live.message && writingText(live.message);
  if (writing) return writing;
  const [shell] = live.bash.values();
  if (shell) return `! ${neutraliseLine(shell.command.slice(0, most))}`;
  return live.running ? "working" : null;
}

const subjects = ["command", "path", "file_path", "pattern", "query", "url"];

/** A tool and what it is about: `bash npm test`. */
function callText({ toolName, args }: ToolRun): string {
  const members = (typeof args === "object" && args !== null ? args : {}) as Record<string, unknown>;
  const subject = subjects.map((name) => members[name]).find((value) => typeof value === "string") ?? "";
  return neutraliseLine(`${toolName.slice(0, most)} ${subject.slice(0, most)}`);
}

function writingText({ start, blocks }: OpenMessage): string | null {
  const block = blocks.at(-1);
  if (start.role !== "assistant" || !block || block.ended) return null;
  if (block.kind !== "toolcall") return block.kind === "thinking" ? "thinking" : "answering";
  const name = block.toolName ?? "";
  const verb = name === "write" ? "writing" : name === "edit" ? "editing" : "";
  if (verb === "") return name === "" ? null : neutraliseLine(`calling ${name.slice(0, most)}`);
  return neutraliseLine(`${verb} ${pathIn(block.text)}`);
}

/** The path in the arguments of a call that are still being written. */
function pathIn(json: string): string {
  const [, text] = /"(?:path|file_path)"\s*:\s*("(?:[^"\\]|\\.){0,1000}")/.exec(json.slice(0, 4000)) ?? [];
  try {
    return text === undefined ? "a file" : (JSON.parse(text) as string);
  } catch {
    return "a file";
  }
}
