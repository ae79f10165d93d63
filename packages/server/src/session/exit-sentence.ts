import { limits } from "../limits.ts";
import type { ExitInfo } from "./agent-process.ts";
import { errorWords } from "./error-words.ts";

/** What to tell people about a process that is gone. */
export function exitSentence(exit: ExitInfo): string {
  const how = exit.signal
    ? `was ended by ${exit.signal}`
    : exit.code === null
      ? "ended"
      : `ended with code ${exit.code}`;
  return saying(`pi ${how}`, exit.stderr);
}

/** The same about one that does not answer; what runs before pi may be what takes so long: direnv says so on its stderr. */
export function lateSentence(stderr: string): string {
  return saying(`pi did not answer within ${limits.start / 1000} s`, stderr);
}

function saying(what: string, stderr: string): string {
  const words = errorWords(stderr);
  return words === "" ? `${what}.` : `${what}: ${words}`;
}
