/** What an error says to a person: one sentence, with its full stop. */
export function errorSentence(error: unknown): string {
  if (codeOf(error) === "CONNECTION_LOST")
    return `The daemon does not answer${reason(error)}: \`pier doctor\` looks for the cause.`;
  const message = (error instanceof Error ? error.message : String(error)).trim();
  if (message === "") return "Something went wrong without saying what; PIER_DEBUG=1 shows where.";
  return /[.!?)`]$/.test(message) ? message : `${message}.`;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

/** The system's word for what happened, from the innermost cause that has one. */
function reason(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = codeOf(at);
    if (typeof code === "string" && /^E[A-Z]+$/.test(code)) return ` (${code})`;
  }
  return "";
}
