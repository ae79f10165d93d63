import { neutralise } from "../messages/neutralise.ts";
import type { CompletionItem } from "./apply-completion.ts";
import type { CompletionRequest } from "./completion-request.ts";

/** A file or folder of the session's folder, with its path from there. */
export interface FoundFile {
  path: string;
  directory: boolean;
}

/** Found files as completions: `@path`, and `@"path"` where it has what ends a word. */
export function fileItems(
  files: readonly FoundFile[],
  { at, quoted }: Pick<Extract<CompletionRequest, { kind: "file" }>, "at" | "quoted">,
): CompletionItem[] {
  return files
    .filter(({ path }) => path !== "" && isNameable(path))
    .map(({ path, directory }) => {
      const shown = `${path.replace(/\/+$/, "")}${directory ? "/" : ""}`;
      const value = quoted || /[\s'=(]/.test(shown) ? `"${shown}"` : shown;
      return { value: `${at ? "@" : ""}${value}`, label: lastPart(shown), description: shown };
    });
}

/** What has control characters or quotes in its name cannot be written in a prompt. */
function isNameable(path: string): boolean {
  return !path.includes('"') && !path.includes("\n") && neutralise(path) === path;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/", path.length - 2) + 1);
}
