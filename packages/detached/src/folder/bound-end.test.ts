import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boundEnd } from "./bound-end.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bound-end-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("boundEnd, a file within its bound, is left alone", async () => {
  const path = join(folder, "err");
  writeFileSync(path, "0123456789");
  expect(await boundEnd(path, 10, 4)).toBe(false);
  expect(readFileSync(path, "utf8")).toBe("0123456789");
});

test("boundEnd, a file above its bound, keeps its end and what is appended after", async () => {
  const path = join(folder, "err");
  writeFileSync(path, "0123456789x");
  expect(await boundEnd(path, 10, 4)).toBe(true);
  appendFileSync(path, "yz");
  expect(readFileSync(path, "utf8")).toBe("789xyz");
});
