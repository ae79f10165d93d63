import { encode } from "uqr";
import { expect, test } from "vitest";
import { qrCode } from "./qr-code.ts";

/** Reads a code back from its characters. */
function modules(lines: readonly string[], set: boolean): boolean[][] {
  return lines.flatMap((line) => {
    const characters = [...line];
    const rows = [(character: string) => "█▀".includes(character), (character: string) => "█▄".includes(character)];
    return rows.map((isSet) => characters.map((character) => isSet(character) === set));
  });
}

const link = `http://127.0.0.1:3141/#pair=${"x".repeat(43)}`;

test("qrCode, holds every module, with colours and without", () => {
  const { data, size } = encode(link, { ecc: "L", border: 2 });
  const coloured = qrCode(link, { colour: true });
  expect(coloured.width).toBe(size);
  // oxlint-disable-next-line no-control-regex -- colours are taken away
  const bare = coloured.lines.map((line) => line.replace(/\u001b\[[\d;]*m/g, ""));
  expect(modules(bare, true).slice(0, size)).toEqual(data);
  expect(modules(qrCode(link, { colour: false }).lines, false).slice(0, size)).toEqual(data);
});
