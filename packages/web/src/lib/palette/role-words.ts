const roles: Readonly<Record<string, [words: string, icon: string]>> = {
  user: ["You", "up"],
  assistant: ["pi", "chat"],
  toolResult: ["A tool", "terminal"],
  bashExecution: ["A command", "bang"],
};

/** Who says a message of a role. */
export function roleWords(role: string): string {
  return roles[role]?.[0] ?? "A note";
}

/** The icon for it, without its `i-`. */
export function roleIcon(role: string): string {
  return roles[role]?.[1] ?? "note";
}
