import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What would tie the repository to one machine. Example people in paths are fine, `/home/ada/project` for one. */
const traces: readonly { pattern: RegExp; what: string }[] = [
  {
    pattern: /(?<![\w.:/~})-])\/(?:home|Users)\/(?!(?:ada|grace|linus|me|you|user|runner)\b)[\w.-]+\//g,
    what: "a home",
  },
  { pattern: /(?<![\w.:/~})-])\/(?:root|work|workspace)\/[\w.-]+/g, what: "a machine's path" },
  { pattern: /(?<![\w.-])registry\.[\w-]+\.[\w.-]*\w/g, what: "a registry" },
  { pattern: /https?:\/\/[\w.-]*(?:artifactory|nexus|verdaccio)[\w.-]*/g, what: "a registry" },
  { pattern: /^\s*(?:@[\w-]+:)?registry\s*=.*$/gm, what: "a registry" },
];

/** Finds absolute paths of a machine and addresses of package registries. */
export function checkMachineTraces(root: string, files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const bytes = readFileSync(join(root, file));
    if (bytes.includes(0)) return [];
    const text = bytes.toString("utf8");
    return traces.flatMap(({ pattern, what }) =>
      [...text.matchAll(pattern)].map(
        (match) => `${file}:${lineAt(text, match.index)} names ${what}: ${match[0].trim()}`,
      ),
    );
  });
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
