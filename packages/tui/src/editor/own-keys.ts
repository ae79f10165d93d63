import type { KeyId } from "../pi-tui/index.ts";
import type { OwnKeys } from "./keys.ts";
import { readPiFile } from "./pi-file.ts";

/** What pi's `keybindings.json` says, and what is wrong with it, if anything. */
export function readOwnKeys(env: NodeJS.ProcessEnv): { keys: OwnKeys; problem: string | null } {
  const { value, problem } = readPiFile(env, "keybindings.json");
  return problem === null ? parseOwnKeys(value) : { keys: {}, problem };
}

/** Ids that this client does not know stay in the result: pi has more than we do. */
export function parseOwnKeys(value: unknown): { keys: OwnKeys; problem: string | null } {
  if (value === undefined) return { keys: {}, problem: null };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { keys: {}, problem: "keybindings.json holds no object: pi's default keys are used." };
  }
  const keys: Record<string, readonly KeyId[]> = {};
  const wrong: string[] = [];
  for (const [action, own] of Object.entries(value)) {
    const list: unknown = typeof own === "string" ? [own] : own;
    // Which words are keys is known to pi-tui alone; others simply never match.
    if (Array.isArray(list) && list.every((key) => typeof key === "string")) keys[action] = list as KeyId[];
    else wrong.push(action);
  }
  const problem =
    wrong.length === 0
      ? null
      : `keybindings.json: a key is a text or a list of texts, unlike at ${wrong.slice(0, 3).join(", ")}; the default is used there.`;
  return { keys, problem };
}
