/** What a tool that failed says: a word for its line, and what it gave. */
export interface Failure {
  why: string;
  rest: string;
}

/** Reads a failed tool's text: pi's word on how a command ended stands at its end. */
export function failureOf(text: string): Failure {
  const trimmed = text.trimEnd();
  const at = trimmed.lastIndexOf("\n") + 1;
  const last = trimmed.slice(at);
  const code = /^Command exited with code (\S+)$/.exec(last)?.[1];
  const why =
    code !== undefined
      ? `exit ${code}`
      : last === "Command aborted"
        ? "stopped"
        : /^Command timed out\b/.test(last)
          ? last.replace("Command ", "")
          : "";
  return why === "" ? { why: "failed", rest: text } : { why, rest: trimmed.slice(0, at).trimEnd() };
}
