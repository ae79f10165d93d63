import { createHash } from "node:crypto";

/** What is kept of the approval of a set-up command: this command for this folder, and no other. */
export function setupApproval(folder: string, command: string): string {
  return createHash("sha256")
    .update(JSON.stringify(["setup", folder, command]))
    .digest("hex");
}
