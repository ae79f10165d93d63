import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../limits.ts";
import { parseOwnKeys, readOwnKeys } from "./own-keys.ts";

/** An environment whose pi has this file. */
function withFile(text: string | null): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), "own-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (text !== null) writeFileSync(join(folder, "keybindings.json"), text);
  return { PI_CODING_AGENT_DIR: folder };
}

describe("readOwnKeys", () => {
  test("of a file, gives its keys", () => {
    const env = withFile('\uFEFF{"app.clear": "ctrl+x", "app.exit": ["ctrl+d", "ctrl+q"], "app.other": []}');
    expect(readOwnKeys(env)).toEqual({
      keys: { "app.clear": ["ctrl+x"], "app.exit": ["ctrl+d", "ctrl+q"], "app.other": [] },
      problem: null,
    });
  });

  test("without a file, gives none and is silent", () => {
    expect(readOwnKeys(withFile(null))).toEqual({ keys: {}, problem: null });
  });

  test.each([
    ["broken JSON", "{oops", /^keybindings\.json cannot be read, so the defaults are used: /],
    ["a list", "[]", /^keybindings\.json holds no object/],
    ["a file that is too large", `"${"x".repeat(limits.settingsFile)}"`, /^keybindings\.json has \d+ bytes/],
  ])("of %s, gives none and says so once", (_what, text, problem) => {
    const read = readOwnKeys(withFile(text));
    expect(read).toEqual({ keys: {}, problem: expect.stringMatching(problem) as string });
  });
});

test("parseOwnKeys with values that are no keys, keeps the others and names them", () => {
  expect(parseOwnKeys({ "app.clear": 7, "app.exit": "ctrl+e", "app.suspend": [null] })).toEqual({
    keys: { "app.exit": ["ctrl+e"] },
    problem:
      "keybindings.json: a key is a text or a list of texts, unlike at app.clear, app.suspend; the default is used there.",
  });
});
