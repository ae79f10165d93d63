import { PierError, type RemovedSession } from "@pier/protocol";
import type { Trash } from "./files/index.ts";
import type { SessionFiles } from "./session/agent-process.ts";
import { errorSentence } from "./session/error-sentence.ts";
import type { SessionRow } from "./session/session-row.ts";

/**
 * Moves a deleted session's file to the trash, or deletes it where that was asked for or there is none.
 *
 * @param isUsed whether another session stands in the same file
 * @throws PierError `CONFLICT` when the file cannot be removed
 */
export async function disposeSessionFile(
  { id, sessionFile, removal }: SessionRow,
  {
    trash,
    files,
    isUsed,
  }: { trash: Pick<Trash, "put" | "remove">; files: SessionFiles; isUsed: (file: string) => boolean },
): Promise<RemovedSession> {
  const answer = (file: RemovedSession["file"], message: string, trashed: string | null = null): RemovedSession => ({
    id,
    file,
    trashed_to: trashed,
    message,
  });
  if (sessionFile === null || files.size(sessionFile) === null) return answer("none", "There was no file of it.");
  if (isUsed(sessionFile)) return answer("kept", `${sessionFile} was kept: another session stands in it as well.`);
  const problem = files.problem(sessionFile);
  if (problem !== null) return answer("kept", `${problem} It was left alone.`);
  const place = removal === "permanent" ? null : await trash.put(sessionFile);
  if (place !== null) return answer("trashed", `Its file is in the trash: ${place}.`, place);
  try {
    await trash.remove(sessionFile);
  } catch (cause) {
    throw new PierError(
      "CONFLICT",
      `The session stays, closed: ${sessionFile} could not be removed (${errorSentence(cause)}).`,
      { cause },
    );
  }
  const why = removal === "permanent" ? "as was asked for" : "there is no trash for it";
  return answer("deleted", `Its file was deleted, ${why}.`);
}
