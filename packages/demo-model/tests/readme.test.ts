import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { STEP_SHAPES } from "../src/script/step-shapes.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const BIN = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));
const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

describe("README", () => {
  test("its example prints what bash said", { timeout: 30_000 }, async () => {
    const example = /```js\n([^]*?)```/.exec(readme)?.[1] ?? "";
    const home = await mkdtemp(join(tmpdir(), "pier-demo-"));
    onTestFinished(() => rm(home, { recursive: true }));
    const path = [dirname(process.execPath), BIN, process.env.PATH].join(delimiter);
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", example], {
      cwd: PACKAGE,
      env: { ...process.env, PATH: path, HOME: home },
      timeout: 25_000,
    });
    expect(stdout.trim()).toBe("hello from bash");
  });

  test("its table has every step and every option", () => {
    for (const [kind, { options }] of Object.entries(STEP_SHAPES)) {
      expect(readme).toContain(`| \`{"${kind}":`);
      for (const option of Object.keys(options)) expect(readme).toMatch(new RegExp(`["\`]${option}["\`]`));
    }
  });
});
