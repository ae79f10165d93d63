import type { Dialog } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { dialogChunks, takeLine } from "./dialog.ts";

const select: Dialog = {
  id: "d",
  method: "select",
  title: "Dangerous command: sudo rm",
  options: ["Allow", "Allow always", "Block"],
};
const editor: Dialog = { id: "d", method: "editor", title: "Edit", prefill: "one\ntwo" };

const textOf = (dialog: Dialog): string =>
  dialogChunks(dialog)
    .map(({ text }) => text)
    .join("");

describe("dialogChunks", () => {
  test("of a select, number the options", () => {
    expect(textOf({ ...select, message: "Why?\u001b[2J" })).toBe(
      "? Dangerous command: sudo rm\n  Why?\n  1) Allow\n  2) Allow always\n  3) Block\n  Type its number, or how it begins; //cancel chooses none.\n",
    );
  });

  test("of an editor, show what is there", () => {
    expect(textOf(editor)).toBe(
      "? Edit\n  │ one\n  │ two\n  Type lines that replace this, then a line with only a dot; a dot alone keeps it.\n",
    );
  });
});

describe("takeLine", () => {
  test.each([
    ["1", "Allow"],
    ["3", "Block"],
    ["block", "Block"],
    ["Allow", "Allow"],
    ["allow a", "Allow always"],
  ])("select takes %s", (text, value) => {
    expect(takeLine(select, text, [])).toEqual({ answer: { value } });
  });

  test.each(["", "0", "4", "allow", "x"])("select refuses %j and says what would be right", (text) => {
    expect(takeLine(select, text, [])).toEqual({ problem: "Type a number from 1 to 3, or how one of them begins." });
  });

  test.each([
    ["y", true],
    [" YES ", true],
    ["n", false],
    ["no", false],
  ])("confirm takes %j", (text, confirmed) => {
    expect(takeLine({ id: "d", method: "confirm" }, text, [])).toEqual({ answer: { confirmed } });
  });

  test("confirm does not take Enter for an answer", () => {
    expect(takeLine({ id: "d", method: "confirm" }, "", [])).toEqual({ problem: "Type y or n." });
  });

  test("input takes a line as it is, an empty one too", () => {
    expect(takeLine({ id: "d", method: "input" }, " a ", [])).toEqual({ answer: { value: " a " } });
    expect(takeLine({ id: "d", method: "input" }, "", [])).toEqual({ answer: { value: "" } });
  });

  test("editor gathers lines up to a dot; a dot alone keeps what is there", () => {
    expect(takeLine(editor, "..", [])).toEqual({ more: true });
    expect(takeLine(editor, ".", ["a", "", "b"])).toEqual({ answer: { value: "a\n\nb" } });
    expect(takeLine(editor, ".", [])).toEqual({ answer: { value: "one\ntwo" } });
  });
});
