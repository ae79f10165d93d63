import type { SessionInfo } from "@pier/protocol";

/**
 * What the title of a session's tab says behind its name while nobody looks: that, and why, it waits for somebody.
 *
 * @param questions how many questions of extensions are open
 */
export function awaits({ attention }: Pick<SessionInfo, "attention">, questions: number): string {
  if (questions > 0) return " (awaiting an answer)";
  if (attention?.reason === "finished") return " (awaiting instructions)";
  return attention?.reason === "error" ? " (failed)" : "";
}
