import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { KeptImages } from "./kept-images.ts";

test("KeptImages, are files of this user alone until they are cleared", () => {
  const images = new KeptImages();
  const path = images.keep(Buffer.from("bytes"), "image/jpeg");
  expect(path).toMatch(/\.jpg$/);
  expect(readFileSync(path, "utf8")).toBe("bytes");
  expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
  const before = process.listenerCount("exit");
  expect(dirname(images.keep(Buffer.from("b"), "image/png"))).toBe(dirname(path));
  expect(process.listenerCount("exit")).toBe(before);
  images.clear();
  expect(existsSync(dirname(path))).toBe(false);
  expect(process.listenerCount("exit")).toBe(before - 1);
  images.clear();
});
