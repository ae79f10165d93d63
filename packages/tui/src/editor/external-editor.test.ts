import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { editorCommand, editOutside } from "./external-editor.ts";

/** A program that is an editor, and a folder for what it tells. */
function editor(script: string): { env: NodeJS.ProcessEnv; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "external editor-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, "editor.sh");
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o700);
  return { folder, env: { PATH: process.env.PATH, HOME: folder, FOLDER: folder, VISUAL: `'${program}' --wait` } };
}

const lend = () => () => {};

describe("editOutside", () => {
  test("with an editor that writes, gives what it wrote and leaves no file", async () => {
    const { env, folder } = editor(
      'printf "%s" "$2" > "$FOLDER/file"; stat -c %a "$2" > "$FOLDER/mode"; cp "$2" "$FOLDER/before"; printf "new\\ntext\\n" > "$2"',
    );
    expect(await editOutside("old text", { env, lend })).toBe("new\ntext");
    expect(readFileSync(join(folder, "before"), "utf8")).toBe("old text\n");
    expect(readFileSync(join(folder, "mode"), "utf8").trim()).toBe("600");
    expect(() => readFileSync(readFileSync(join(folder, "file"), "utf8"))).toThrow("ENOENT");
  });

  test("with an editor that fails, gives null and leaves no file", async () => {
    const { env, folder } = editor('printf "%s" "$2" > "$FOLDER/file"; exit 1');
    expect(await editOutside("old", { env, lend })).toBeNull();
    expect(() => readFileSync(readFileSync(join(folder, "file"), "utf8"))).toThrow("ENOENT");
  });

  test("with a program that does not exist, gives null", async () => {
    const { env } = editor("");
    expect(await editOutside("old", { env: { ...env, VISUAL: "/no/such/editor" }, lend })).toBeNull();
  });

  test("lends the terminal for as long as the editor runs", async () => {
    const { env } = editor("exit 0");
    const steps: string[] = [];
    await editOutside("", {
      env,
      lend() {
        steps.push("lent");
        return () => steps.push("taken back");
      },
    });
    expect(steps).toEqual(["lent", "taken back"]);
  });
});

describe("editorCommand", () => {
  const home = "/no/such/home";
  test.each([
    [{ VISUAL: "vim", EDITOR: "ed" }, "vim"],
    [{ VISUAL: " ", EDITOR: "ed" }, "ed"],
    [{}, "nano"],
  ])("in %j, is %s", (env, expected) => {
    expect(editorCommand({ HOME: home, ...env }, "linux")).toBe(expected);
  });

  test("that pi's settings name, comes first", () => {
    const { env, folder } = editor("");
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ externalEditor: "code --wait" }));
    expect(editorCommand({ ...env, PI_CODING_AGENT_DIR: folder }, "linux")).toBe("code --wait");
  });
});
