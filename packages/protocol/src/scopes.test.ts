import { expect, test } from "vitest";
import { scopeCovers, scopes } from "./scopes.ts";

test("scopeCovers for every pair, holds when the held scope is the same or a later one", () => {
  const covered = scopes.map((held) => scopes.filter((needed) => scopeCovers(held, needed)));
  expect(covered).toEqual([["read"], ["read", "prompt"], ["read", "prompt", "admin"]]);
});

test("scopeCovers for a scope that is none, never holds over a real one", () => {
  expect(scopeCovers("owner" as never, "read")).toBe(false);
});

test("scopeCovers for a need that is no scope, holds for nobody", () => {
  expect(scopeCovers("admin", "none" as never)).toBe(false);
});
