import { expect, test } from "vitest";
import { supportsDetached } from "./supports-detached.ts";

test("supportsDetached, Linux and macOS, is true; Windows, says why not", () => {
  expect(supportsDetached("linux")).toEqual({ supported: true });
  expect(supportsDetached("darwin")).toEqual({ supported: true });
  expect(supportsDetached("win32")).toMatchObject({
    supported: false,
    reason: expect.stringContaining("FIFO"),
  });
});
