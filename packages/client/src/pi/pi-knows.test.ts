import { expect, test } from "vitest";
import type { Attachment } from "../attachment/attachment.ts";
import { isOlder, piKnows } from "./pi-knows.ts";

test.each([
  ["0.80.2", "0.80.3", true],
  ["0.80.3", "0.80.3", false],
  ["0.9.0", "0.80.3", true],
  ["1.0.0", "0.84.4", false],
  ["v0.81", "0.81.0", false],
  ["0.81.0-beta.1", "0.81.0", false],
  ["nonsense", "0.76.0", true],
])("isOlder for %s and %s, is %s", (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});

test("piKnows without a version, and for what every pi knows, is true", () => {
  const of = (piVersion?: string): Attachment =>
    ({ transcript: { info: piVersion === undefined ? null : { piVersion } } }) as Attachment;
  expect(piKnows(of(), "get_tree")).toBe(true);
  expect(piKnows(of("0.74.2"), "fork")).toBe(true);
  expect(piKnows(of("0.74.2"), "get_tree")).toBe(false);
  expect(piKnows(of("0.87.1"), "get_tree")).toBe(true);
});
