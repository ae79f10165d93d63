import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { limits } from "../limits.ts";
import { readPiFile } from "./pi-file.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface ExternalEditorOptions {
  env: NodeJS.ProcessEnv;
  /** Gives the terminal away; the returned function takes it back. */
  readonly lend: () => () => void;
}

/**
 * Lets the person write in a program of theirs that has the terminal meanwhile.
 *
 * @returns what they wrote; null when the program failed, for then nothing is to change
 * @throws Error when it could not be started, or when the text became too long
 */
export async function editOutside(text: string, { env, lend }: ExternalEditorOptions): Promise<string | null> {
  const folder = temporaryFolder("pier-edit-");
  try {
    const file = join(folder.path, "prompt.md");
    await writeFile(file, `${text}\n`, { mode: 0o600 });
    const takeBack = lend();
    // Ctrl+C is meant for the program that has the terminal.
    const ignore = (): void => {};
    process.on("SIGINT", ignore);
    let code: number | null;
    try {
      code = await run(editorCommand(env), file, env);
    } finally {
      process.off("SIGINT", ignore);
      takeBack();
    }
    if (code !== 0) return null;
    const written = await readFile(file, "utf8");
    if (written.length > limits.paste) {
      throw new Error(`That text has ${written.length} characters; at most ${limits.paste} can be sent.`);
    }
    return written.replace(/\r?\n$/, "");
  } finally {
    folder.remove();
  }
}

/** The program, with its own options if it has any. */
export function editorCommand(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const { value } = readPiFile(env, "settings.json");
  const own = (value as { externalEditor?: unknown } | null | undefined)?.externalEditor;
  if (typeof own === "string" && own.trim() !== "") return own;
  return env.VISUAL?.trim() || env.EDITOR?.trim() || (platform === "win32" ? "notepad" : "nano");
}

function run(command: string, file: string, env: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve, reject) => {
    // The command may have options, so a shell reads it, as with git; the file is an argument of its own.
    const child =
      process.platform === "win32"
        ? spawn(command, [file], { stdio: "inherit", env, shell: true })
        : spawn("/bin/sh", ["-c", `${command} "$1"`, "sh", file], { stdio: "inherit", env });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code));
  });
}
