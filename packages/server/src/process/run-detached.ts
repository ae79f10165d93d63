import { type Exit, spawnDetached } from "@pier/detached";
import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import { errorSentence } from "../session/error-sentence.ts";
import type { Program } from "./program.ts";

export interface DetachedRun extends Program {
  /** Where its output stands meanwhile; must not be there yet. The next daemon finds and ends it there. */
  folder: string;
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** ms; then it is ended, with all that it started. */
  timeout: number;
  /** Bytes of stdout; then the same. */
  maxOutput: number;
}

export interface DetachedResult {
  /** null when it was ended by a signal. */
  code: number | null;
  /** The end of what it said on stdout, then on stderr. */
  words: string;
  cut: "time" | "output" | null;
}

/** Runs a program to its end, such that it cannot outlive this daemon unseen. @throws PierError `CONFLICT` when it does not start */
export async function runDetached(options: DetachedRun): Promise<DetachedResult> {
  const { timeout, maxOutput, ...start } = options;
  const child = await spawnDetached({ ...start, epoch: "once" }).catch((cause: unknown) => {
    throw new PierError("CONFLICT", errorSentence(cause), { cause });
  });
  let cut: DetachedResult["cut"] = null;
  let said = "";
  let size = 0;
  const stop = (why: "time" | "output"): void => {
    cut ??= why;
    void child.terminate({ graceMs: limits.terminate }).catch(() => {});
  };
  const decoder = new TextDecoder();
  const tail = child.tail(0, (chunk) => {
    size += chunk.length;
    said = (said + decoder.decode(chunk, { stream: true })).slice(-limits.stderr);
    if (size > maxOutput) stop("output");
  });
  const timer = setTimeout(() => stop("time"), timeout);
  const exit: Exit = await child.exited;
  clearTimeout(timer);
  // What it started may still run.
  await child.terminate({ graceMs: 0 });
  tail.close();
  const rest = await child.journal.read(
    Math.max(child.journal.start(), (await child.journal.size()) - limits.stderr),
    await child.journal.size(),
  );
  if (cut === null) said = rest.toString("utf8");
  const words = `${said}\n${await child.stderrTail(limits.stderr)}`.trim();
  await child.remove();
  return { code: exit.code, words, cut };
}
