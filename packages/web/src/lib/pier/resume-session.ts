import { RestError } from "@pier/client";
import { asking } from "#lib/ui/ask.svelte.ts";
import { toasts } from "#lib/ui/toasts.svelte.ts";
import { pier } from "./pier.svelte.ts";

/**
 * Starts pi for a closed session. Where direnv wants the folder's .envrc allowed first, the person is asked for it, and
 * then it is tried again. Resolves with whether pi runs; why not is said in the daemon's words.
 */
export async function resumeSession(id: string): Promise<boolean> {
  try {
    await pier.rest.resume(id);
    return true;
  } catch (error) {
    const isBlocked = error instanceof RestError && error.code === "DIRENV_BLOCKED" && error.path !== undefined;
    if (isBlocked) return (await isAllowed(error.path, error.message)) && resumeSession(id);
    toasts.say(wordsOf(error), "error");
    return false;
  }
}

async function isAllowed(path: string, why: string): Promise<boolean> {
  const yes = await asking.ask({
    title: "Allow this folder's environment?",
    text: `${why} direnv would run ${path} before pi starts: allow it only if you know what is in it.`,
    yes: "Allow and resume",
  });
  if (!yes) return false;
  try {
    await pier.rest.allowDirenv(path);
    return true;
  } catch (error) {
    toasts.say(wordsOf(error), "error");
    return false;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
