import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePartialJson } from "./partial-json.ts";

test.each([
  ["", {}],
  ["{", {}],
  ['{"path"', {}],
  ['{"path":', {}],
  ['{"path": "src/a', { path: "src/a" }],
  ['{"path": "src/a.ts", "off', { path: "src/a.ts" }],
  ['{"path": "src/a.ts", "offset": 1', { path: "src/a.ts", offset: 1 }],
  ['{"path": "src/a.ts", "offset": tr', { path: "src/a.ts" }],
  ['{"command": "echo \\', { command: "echo " }],
  ['{"command": "echo \\u00', { command: "echo " }],
  ['{"command": "a\\\\', { command: "a\\" }],
  ['{"edits": [{"oldText": "a", "newText": "b', { edits: [{ oldText: "a", newText: "b" }] }],
  ['{"path": "a", "edits": [{"oldText": "x"}, {"ol', { path: "a", edits: [{ oldText: "x" }, {}] }],
  ['{"whole": true}', { whole: true }],
  ["[1, 2", {}],
  ["no JSON", {}],
])("parsePartialJson of %j, gives what is there", (text, expected) => {
  expect(parsePartialJson(text)).toEqual(expected);
});

const character = fc.constantFrom("a", '"', "\\", "\n", "é", "😀", "\ud800", ",", ":", "{", "}", "[");

test("parsePartialJson of an object cut anywhere, gives the beginning of its first text", () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), fc.jsonValue({ maxDepth: 2 }), fc.nat(), (path, more, cut) => {
      const text = JSON.stringify({ path, more });
      const given = parsePartialJson(text.slice(0, cut % (text.length + 1)))["path"];
      expect(given === undefined || path.startsWith(given as string)).toBe(true);
    }),
  );
});
