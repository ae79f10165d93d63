import fc from "fast-check";
import { expect, test } from "vitest";
import { LineWriter, plainLines } from "./lines.ts";

const written = (write: (writer: LineWriter) => void): LineWriter["lines"] => {
  const writer = new LineWriter();
  write(writer);
  return writer.lines;
};

test("LineWriter, a scope over several lines: its colour on each of them", () => {
  const lines = written((writer) => {
    writer.write("a ");
    writer.open("comment");
    writer.write("/* b\nc */");
    writer.close();
    writer.write(" d");
  });
  expect(lines).toEqual([
    [{ text: "a " }, { text: "/* b", className: "syn-comment" }],
    [{ text: "c */", className: "syn-comment" }, { text: " d" }],
  ]);
});

test("LineWriter, scopes inside one another: the innermost that has a colour, or none where it takes it away", () => {
  const lines = written((writer) => {
    writer.open("string");
    writer.write('"a');
    writer.open("subst");
    writer.write("{b}");
    writer.open("unheard-of");
    writer.write("c");
    writer.close();
    writer.close();
    writer.open("title.class.inherited");
    writer.write("d");
    writer.close();
    writer.close();
  });
  expect(lines).toEqual([
    [{ text: '"a', className: "syn-string" }, { text: "{b}c" }, { text: "d", className: "syn-function" }],
  ]);
});

test("LineWriter, neighbours of one colour: one span", () => {
  const lines = written((writer) => {
    for (const word of ["a", "b"]) {
      writer.open("keyword");
      writer.write(word);
      writer.close();
    }
  });
  expect(lines).toEqual([[{ text: "ab", className: "syn-keyword" }]]);
});

test("any code: its lines joined are the code, in the writer and plain", () => {
  const step = fc.oneof(
    fc.record({ text: fc.string({ unit: fc.constantFrom("a", "\n", " ", "é", "<") }) }),
    fc.record({ scope: fc.constantFrom("string", "comment", "subst", "x", "__proto__", "constructor") }),
    fc.constant({ close: true }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const lines = written((writer) => {
        for (const one of steps) {
          if ("text" in one) writer.write(one.text);
          else if ("scope" in one) writer.open(one.scope);
          else writer.close();
        }
      });
      const code = steps.map((one) => ("text" in one ? one.text : "")).join("");
      const join = (all: readonly (readonly { text: string }[])[]): string =>
        all.map((line) => line.map(({ text }) => text).join("")).join("\n");
      expect(join(lines)).toBe(code);
      expect(join(plainLines(code))).toBe(code);
      for (const { className } of lines.flat()) expect(className ?? "syn-none").toMatch(/^syn-[a-z]+$/);
    }),
  );
});
