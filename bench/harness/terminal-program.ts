import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** How much of what was shown is kept to look for words in. */
const kept = 256 * 1024;

/** A program in a terminal of 100 columns and 30 rows, by Debian's `script`. Nobody answers what it asks the terminal. */
export class TerminalProgram {
  readonly #child: ChildProcess;
  readonly #started = performance.now();
  #shown = "";
  #onShown: () => void = () => {};

  constructor(argv: readonly string[], { env, cwd }: { env: Record<string, string>; cwd: string }) {
    const command = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
    this.#child = spawn("script", ["-qfec", `stty cols 100 rows 30; exec ${command}`, "/dev/null"], {
      cwd,
      env: { ...env, TERM: "xterm-256color", LANG: "C.UTF-8", SHELL: "/bin/sh" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#shown = (this.#shown + text).slice(-kept);
      this.#onShown();
    });
  }

  /** The process in the terminal. */
  get pid(): number {
    const script = this.#child.pid as number;
    return Number(readFileSync(`/proc/${script}/task/${script}/children`, "utf8").trim().split(" ")[0]);
  }

  /** Resolves when words were written, to ms since the start. @throws when they are not within `seconds` */
  shows(words: string, seconds = 60): Promise<number> {
    return new Promise((resolve, reject) => {
      const end = setTimeout(
        () =>
          reject(
            new Error(`"${words}" was not shown within ${seconds} s but ${JSON.stringify(this.#shown.slice(-2000))}`),
          ),
        seconds * 1000,
      );
      this.#onShown = () => {
        if (!this.#shown.includes(words)) return;
        this.#onShown = () => {};
        clearTimeout(end);
        resolve(performance.now() - this.#started);
      };
      this.#onShown();
    });
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Leaves by Ctrl+D and waits until the program is gone. */
  async leave(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.type("\u0004");
    await gone;
  }
}
