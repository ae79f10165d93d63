import { expect, test } from "vitest";
import { errorWords } from "./error-words.ts";

test("errorWords, of an error that nobody caught: what it is, without source and stack", () => {
  const stderr = `file:///pi/cli.js:12
${"x".repeat(5_000)}
     ^

TypeError: Cannot read properties of null (reading 'role')
    at load (file:///pi/cli.js:12:34)
    at async main (file:///pi/cli.js:99:1)

Node.js v22.23.3
`;
  expect(errorWords(stderr)).toBe("TypeError: Cannot read properties of null (reading 'role')");
});

test("errorWords, of anything else: all of it", () => {
  expect(errorWords(" Error: No such model\nTry another.\n")).toBe("Error: No such model\nTry another.");
  expect(errorWords("")).toBe("");
});
