/** A place in a prompt that may name an image file. */
export interface ImageReference {
  /** Where it stands in the text. */
  start: number;
  end: number;
  path: string;
  /** Whether it was named on purpose (`@`): then it has to work. */
  explicit: boolean;
}

/**
 * Words of a prompt that look like image files: `@path`, `@"path with spaces"`, an absolute path as terminals paste it when
 * a file is dropped (`/a\ b.png`, `'/a b.png'`, `file:///a%20b.png`), and what an earlier prompt was turned into.
 */
export function imageReferences(text: string): ImageReference[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { lead = "", marked, at, quoted, word = "" } = match.groups ?? {};
    const path = marked ?? pathOf(quoted?.slice(1, -1) ?? unescape(word));
    if (!endings.test(path) || (at === undefined && !isAbsolute(path))) return [];
    const start = match.index + lead.length;
    return [{ start, end: match.index + match[0].length, path, explicit: at !== undefined }];
  });
}

const pattern =
  /(?<lead>^|[\s(])(?:<file name="(?<marked>[^"\n]+)"><\/file>|(?<at>@)?(?:(?<quoted>"[^"\n]+"|'[^'\n]+')|(?<word>(?:\\.|[^\s\\"'()])+)))/g;

const endings = /\.(?:png|jpe?g|gif|webp)$/i;

function unescape(word: string): string {
  return word.replace(/\\(.)/g, "$1");
}

function pathOf(word: string): string {
  if (!word.startsWith("file://")) return word;
  try {
    return decodeURIComponent(new URL(word).pathname);
  } catch {
    return word;
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || path.startsWith("~/");
}
