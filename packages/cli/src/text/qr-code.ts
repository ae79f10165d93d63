import { encode } from "uqr";

export interface QrCode {
  lines: string[];
  /** Columns of each line. */
  width: number;
}

/** A QR code in half-block characters, two modules a character, dark on light whatever the terminal's colours are. */
export function qrCode(text: string, { colour }: { colour: boolean }): QrCode {
  const { data, size } = encode(text, { ecc: "L", border: 2 });
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    let line = "";
    for (let column = 0; column < size; column++) {
      line += halfBlock(data[row]?.[column] === true, data[row + 1]?.[column] === true, colour);
    }
    // Black on white, said in full: themes change what the default colours are.
    lines.push(colour ? `\u001b[38;2;0;0;0m\u001b[48;2;255;255;255m${line}\u001b[0m` : line);
  }
  return { lines, width: size };
}

/** With colours a set module is the foreground; without, most terminals are light on dark, so the empty ones are drawn. */
function halfBlock(upper: boolean, lower: boolean, colour: boolean): string {
  const [top, bottom] = colour ? [upper, lower] : [!upper, !lower];
  if (top && bottom) return "█";
  if (top) return "▀";
  return bottom ? "▄" : " ";
}
