/** A piece of a terminal's output, with the classes that show how it looked there. */
export interface AnsiPiece {
  text: string;
  class: string;
}

const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

const escape = String.fromCharCode(27);
const bell = String.fromCharCode(7);

/** Control sequences: colours (CSI ... m) apart, all others to be left out. */
const sequences = new RegExp(
  [
    String.raw`${escape}\[([0-9;:]*)m`,
    String.raw`${escape}\[[0-?]*[ -/]*[@-~]`,
    String.raw`${escape}\][^${bell}${escape}]*(?:${bell}|${escape}\\)?`,
    String.raw`${escape}[ -/]*[0-~]`,
    String.raw`[^\P{Cc}\t\n]`,
  ].join("|"),
  "gu",
);

interface Look {
  colour: string;
  bold: boolean;
  dim: boolean;
}

/** A terminal's output as pieces: text colours become classes, everything else a terminal would obey goes. */
export function ansiPieces(output: string): AnsiPiece[] {
  const text = overwritten(output);
  const pieces: AnsiPiece[] = [];
  const look: Look = { colour: "", bold: false, dim: false };
  let at = 0;
  const add = (words: string): void => {
    if (words === "") return;
    const name = classOf(look);
    const last = pieces.at(-1);
    if (last?.class === name) last.text += words;
    else pieces.push({ text: words, class: name });
  };
  for (const match of text.matchAll(sequences)) {
    add(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[1] !== undefined) applyCodes(look, match[1]);
  }
  add(text.slice(at));
  return pieces;
}

/** A line that was written anew after a carriage return shows as it was last. */
function overwritten(output: string): string {
  if (!output.includes("\r")) return output;
  return output
    .replaceAll("\r\n", "\n")
    .replace(/[^\n]*\r(?=[^\n])/g, "")
    .replaceAll("\r", "");
}

function applyCodes(look: Look, codes: string): void {
  const numbers = codes.split(/[;:]/).map(Number);
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0;
    if (code === 0) Object.assign(look, { colour: "", bold: false, dim: false });
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 22) look.bold = look.dim = false;
    else if (code === 39) look.colour = "";
    else if (code >= 30 && code <= 37) look.colour = colours[code - 30] ?? "";
    else if (code >= 90 && code <= 97) look.colour = colours[code - 90] ?? "";
    else if (code === 38 || code === 48) {
      const isIndexed = numbers[at + 1] === 5;
      const index = numbers[at + 2] ?? 0;
      // Of the many colours those stay that follow the theme.
      if (code === 38) look.colour = isIndexed && index < 16 ? (colours[index % 8] ?? "") : "";
      at += isIndexed ? 2 : 4;
    }
  }
}

function classOf({ colour, bold, dim }: Look): string {
  return [colour && `ansi-${colour}`, bold && "ansi-bold", dim && "ansi-dim"].filter(Boolean).join(" ");
}
