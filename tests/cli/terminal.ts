import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { poll, waitFor } from "../harness/wait-for.ts";

/** A terminal of 80 columns and 24 rows that runs a program, driven and read as a person would. */
export class Terminal {
  readonly #server: string;

  /** @param background of its window, as `#rrggbb`, told to programs that ask */
  constructor(
    argv: readonly string[],
    { env, cwd, background }: { env: NodeJS.ProcessEnv; cwd: string; background?: string | undefined },
  ) {
    this.#server = `pier-test-${randomUUID().slice(0, 8)}`;
    const quoted = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
    // The shell stays when the program ends, by Ctrl+C too, so that its last words and its exit code can be read.
    const command = `trap : INT; ${quoted}; echo "exit code $?"; exec cat`;
    const look = background === undefined ? [] : ["set-option", "-g", "window-style", `bg=${background}`, ";"];
    execFileSync(
      "tmux",
      [
        "-L",
        this.#server,
        "-f",
        "/dev/null",
        "start-server",
        ";",
        ...look,
        "new-session",
        "-d",
        "-x",
        "80",
        "-y",
        "24",
        "-c",
        cwd,
        command,
      ],
      {
        env: { ...env, TERM: "xterm-256color", SHELL: "/bin/sh", LANG: "C.UTF-8" },
      },
    );
    onTestFinished(() => this.#end());
  }

  /** What is to be seen, scrollback included, without the empty rows at the end. */
  text(): string {
    return this.#tmux("capture-pane", "-p", "-S", "-").trimEnd();
  }

  /** The same with its styles, as escape sequences. */
  styled(): string {
    return this.#tmux("capture-pane", "-p", "-e", "-S", "-").trimEnd();
  }

  /** The title that a person reads on the window. */
  title(): string {
    return this.#tmux("display-message", "-p", "#{pane_title}").trimEnd();
  }

  /** Whether the terminal shows a cursor of its own. */
  get showsCursor(): boolean {
    return this.#tmux("display-message", "-p", "#{cursor_flag}").trim() === "1";
  }

  /** The process that runs in it. */
  get pid(): number {
    return this.#pids[0] ?? 0;
  }

  /** Waits until something is to be seen. */
  async shows(what: string | RegExp | ((text: string) => boolean)): Promise<string> {
    const fits = (text: string): boolean => {
      if (typeof what === "function") return what(text);
      return typeof what === "string" ? text.includes(what) : what.test(text);
    };
    const look = (): string | null => {
      const text = this.text();
      return fits(text) ? text : null;
    };
    return waitFor(look, {
      what: `the terminal to show ${String(what)}`,
      subscribe: (check) => {
        const timer = setInterval(check, 50);
        return () => clearInterval(timer);
      },
      describe: () => this.text(),
    });
  }

  /** Types text and presses Enter. */
  enter(text: string): void {
    this.type(text);
    this.press("Enter");
  }

  type(text: string): void {
    this.#tmux("send-keys", "-l", "--", text);
  }

  /** Presses a key by tmux's name for it, such as `C-c`. */
  press(key: string): void {
    this.#tmux("send-keys", key);
  }

  /** Pastes as a terminal does: marked, if the program asked for it. */
  paste(text: string): void {
    this.#tmux("set-buffer", "--", text);
    this.#tmux("paste-buffer", "-p", "-r");
  }

  /** Pastes what is in a file, however large. */
  pasteFile(path: string): void {
    this.#tmux("load-buffer", path);
    this.#tmux("paste-buffer", "-p", "-r");
  }

  /** What programs put on the clipboard; call `takesClipboard` before. */
  clipboard(): string {
    return this.#tmux("show-buffer");
  }

  /** Lets programs put text on the clipboard, as most terminals do. */
  takesClipboard(): void {
    this.#tmux("set-option", "-s", "set-clipboard", "on");
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  get #pids(): number[] {
    const shell = Number(this.#tmux("display-message", "-p", "#{pane_pid}"));
    const children = readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8").trim();
    return children === "" ? [] : children.split(" ").map(Number);
  }

  /** Waits for the programs too: they leave in order, and write to folders that are removed next. */
  async #end(): Promise<void> {
    const pids = this.#pids;
    this.#tmux("kill-server");
    await poll(() => !pids.some(isAlive), "the end of what runs in the terminal");
  }

  #tmux(...args: string[]): string {
    return execFileSync("tmux", ["-u", "-L", this.#server, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
}

/** Whether a process is there, and no zombie. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
