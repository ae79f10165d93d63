/**
 * What a program said on its way out, for people: of an error that nobody caught its words, without the source line before
 * and the stack after them, which may be thousands of characters of a bundle.
 */
export function errorWords(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const at = lines.findLastIndex((line) => /^\S*Error(?: \[\w+\])?: /.test(line));
  if (at === -1 || !lines.slice(at).some(isStack)) return stderr.trim();
  return lines
    .slice(at)
    .filter((line) => !isStack(line) && line !== "" && !line.startsWith("Node.js v"))
    .join("\n");
}

function isStack(line: string): boolean {
  return /^ {4}at /.test(line);
}
