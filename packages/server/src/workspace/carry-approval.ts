import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { PierError } from "@pier/protocol";
import type { Direnv } from "../direnv/direnv.ts";
import { findEnvrc } from "../direnv/find-envrc.ts";

/** An .envrc that is approved where it stands. */
export interface ApprovedEnvrc {
  file: string;
  bytes: Buffer;
}

/** The .envrc that counts for a folder; null where none does. @throws PierError `DIRENV_BLOCKED` when it is not approved */
export async function checkApproval(folder: string, direnv: Direnv): Promise<ApprovedEnvrc | null> {
  const file = direnv.problem === null ? findEnvrc(folder) : null;
  // Of other names direnv's settings decide; what they let in needs no approval of ours.
  if (file === null || !file.endsWith("/.envrc")) return null;
  if (await direnv.isAllowed(file, dirname(file))) return { file, bytes: readFileSync(file) };
  throw new PierError(
    "DIRENV_BLOCKED",
    `direnv: error ${file} is blocked. Run \`direnv allow\` to approve its content`,
    { path: file },
  );
}

/**
 * direnv approves a content at a path: the same content in a new worktree is approved as well.
 *
 * @throws PierError `CONFLICT` for another content, which nobody saw
 */
export async function carryApproval(approved: ApprovedEnvrc, folder: string, direnv: Direnv): Promise<void> {
  const file = findEnvrc(folder);
  // None came along, or the same one counts for both.
  if (file === null || file === approved.file) return;
  if (!readFileSync(file).equals(approved.bytes))
    throw new PierError(
      "CONFLICT",
      `The .envrc of that base is another one than ${approved.file}, which is approved: choose another base, or no direnv.`,
    );
  await direnv.allow(file, dirname(file));
}
