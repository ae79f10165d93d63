/** What an error says, for people and logs. */
export function errorSentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
