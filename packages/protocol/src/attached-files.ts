/** A file that came with a prompt, as the text of the prompt names it. */
export interface AttachedFile {
  /** Where it lies on the daemon's machine. */
  path: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

const heading = "Attached files:";

/** A prompt's text with the list of its files behind it: that is how the model learns of them. */
export function withAttachedFiles(text: string, files: readonly AttachedFile[]): string {
  if (files.length === 0) return text;
  const list = [heading, ...files.map(({ path, mimeType, size }) => `- ${path} (${mimeType}, ${size} bytes)`)];
  return `${text === "" ? "" : `${text}\n\n`}${list.join("\n")}`;
}

/** Takes such a text apart again, to show the files as files. A text without a list comes back as it is. */
export function splitAttachedFiles(text: string): { text: string; files: AttachedFile[] } {
  const behind = text.lastIndexOf(`\n\n${heading}\n`);
  const start = behind === -1 && text.startsWith(`${heading}\n`) ? 0 : behind;
  if (start === -1) return { text, files: [] };
  const lines = text.slice(start).trimStart().split("\n").slice(1);
  const files = lines.map(parseLine);
  if (!files.every((file) => file !== undefined)) return { text, files: [] };
  return { text: text.slice(0, start), files };
}

function parseLine(line: string): AttachedFile | undefined {
  const found = /^- (.*[/\\]uploads[/\\]_shared[/\\].+) \(([\w.+-]+\/[\w.+-]+), (\d+) bytes\)$/.exec(line);
  const [, path, mimeType, size] = found ?? [];
  return path === undefined || mimeType === undefined ? undefined : { path, mimeType, size: Number(size) };
}
