import type { WholeImage } from "./attachments/attached.ts";

/** What a session is to be asked as soon as it is there. */
export interface FirstPrompt {
  text: string;
  images?: readonly WholeImage[];
}

const prompts = new Map<string, FirstPrompt>();

/** Leaves a prompt for a session that is being started: its page sends it when the session is ready. */
export function setFirstPrompt(session: string, prompt: FirstPrompt): void {
  prompts.set(session, prompt);
}

/** Takes the prompt that was left for a session; it is handed out once. */
export function takeFirstPrompt(session: string): FirstPrompt | null {
  const prompt = prompts.get(session) ?? null;
  prompts.delete(session);
  return prompt;
}
