import { expect, test } from "vitest";
import { keys } from "../../tests/support/panels.ts";
import { Keys } from "../editor/keys.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { viewKeys } from "./view-keys.ts";

test("viewKeys, turns tools and thinking on and off by their keys and takes no others", () => {
  const view = { theme: new Theme(dark, "none"), expanded: false, thinking: true, images: true };
  let redrawn = 0;
  const isViewKey = viewKeys(new Keys(), view, () => redrawn++);
  expect([keys.ctrl("o"), keys.ctrl("t"), "o", keys.escape].map(isViewKey)).toEqual([true, true, false, false]);
  expect([view.expanded, view.thinking, redrawn]).toEqual([true, false, 2]);
  isViewKey(keys.ctrl("o"));
  expect(view.expanded).toBe(false);
});
