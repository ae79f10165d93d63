import type { Scope } from "@pier/protocol";

/** What each scope lets a device do, in words. */
export const scopeTexts: Readonly<Record<Scope, { name: string; text: string }>> = {
  read: { name: "Read", text: "Sees sessions and files, changes nothing." },
  prompt: { name: "Prompt", text: "Reads, writes prompts, answers questions, starts and closes sessions." },
  admin: { name: "Admin", text: "All that, and lets devices in or out." },
};
