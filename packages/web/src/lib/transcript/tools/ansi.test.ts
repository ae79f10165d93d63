import { expect, test } from "vitest";
import { ansiPieces } from "./ansi.ts";

const red = "\u001b[31m";
const end = "\u001b[0m";

test("ansiPieces, colours: pieces with classes, until they end", () => {
  expect(ansiPieces(`a ${red}b\u001b[1mc${end} d`)).toEqual([
    { text: "a ", class: "" },
    { text: "b", class: "ansi-red" },
    { text: "c", class: "ansi-red ansi-bold" },
    { text: " d", class: "" },
  ]);
  expect(ansiPieces("\u001b[38;5;2mx\u001b[38;2;1;2;3my")).toEqual([
    { text: "x", class: "ansi-green" },
    { text: "y", class: "" },
  ]);
});

test("ansiPieces, anything else that a terminal would obey: gone", () => {
  expect(ansiPieces("\u001b]0;title\u0007\u001b[2J\u001b[1;1Ha\u0000\tb\nc\u001b(B")).toEqual([
    { text: "a\tb\nc", class: "" },
  ]);
});

test("ansiPieces, lines written anew after a carriage return: as they were last", () => {
  expect(ansiPieces("10 %\r20 %\r30 %\nnext\r\nlast")).toEqual([{ text: "30 %\nnext\nlast", class: "" }]);
});
