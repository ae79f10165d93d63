import { expect, test } from "vitest";
import { limitsOf } from "./limits-of.ts";
import { limits } from "./limits.ts";

test.each(["prompt", "admin"] as const)("limitsOf %s, are the limits of the wire", (scope) => {
  expect(limitsOf(scope)).toEqual(limits);
});

test("limitsOf read, let through what asks, but nothing large", () => {
  expect(limitsOf("read")).toEqual({
    ...limits,
    frame: limits.readFrame,
    burst: limits.readBurst,
    bytesPerSecond: limits.readBytesPerSecond,
  });
});
