import { createInterface, type Interface, type Key } from "node:readline";
import { Writable } from "node:stream";
import type { Input } from "../../io.ts";
import type { LineInput, LineInputEvents } from "./line-input.ts";

/** ms after which an escape is the Esc key and not the beginning of another. */
const escapeTimeout = 100;

/**
 * Reads lines from a terminal with the editing keys of readline. readline draws into nothing: what is typed is shown by
 * whoever hears of it, beside everything else.
 */
export class TerminalInput implements LineInput {
  readonly #input: Input;
  readonly #events: LineInputEvents;
  readonly #readline: Interface;
  /** Lines of a paste that is not sent yet. */
  #pasted: string[] = [];
  #pasting = false;
  #closed = false;
  readonly #onKey = (_text: string | undefined, key: Key): void => this.#handleKey(key);

  constructor(input: Input, events: LineInputEvents) {
    this.#input = input;
    this.#events = events;
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    this.#readline = createInterface({
      input,
      output: nowhere,
      terminal: true,
      prompt: "",
      historySize: 500,
      escapeCodeTimeout: escapeTimeout,
    });
    this.#readline.on("line", (line) => this.#handleLine(line));
    this.#readline.on("SIGINT", () => this.#events.onInterrupt());
    this.#readline.on("SIGCONT", () => this.#edited());
    this.#readline.on("close", () => {
      if (!this.#closed) this.#events.onEnd();
    });
    // After readline's own listener, so that its line is up to date.
    input.on("keypress", this.#onKey);
    this.#edited();
  }

  get line(): string {
    return [...this.#pasted, this.#readline.line].join("\n");
  }

  setLine(text: string): void {
    this.#pasted = text.split("\n");
    const last = this.#pasted.pop() ?? "";
    this.#readline.write(null, { ctrl: true, name: "e" });
    this.#readline.write(null, { ctrl: true, name: "u" });
    if (last !== "") this.#readline.write(last);
    this.#edited();
  }

  close(): void {
    this.#closed = true;
    this.#input.off("keypress", this.#onKey);
    this.#readline.close();
    this.#input.pause();
  }

  #handleLine(line: string): void {
    if (this.#pasting) {
      this.#pasted.push(line);
      return;
    }
    const text = [...this.#pasted, line].join("\n");
    this.#pasted = [];
    this.#events.onLine(text);
  }

  #handleKey({ name }: Key): void {
    if (this.#closed) return;
    if (name === "paste-start") this.#pasting = true;
    if (name === "paste-end") this.#pasting = false;
    // One step back out of a paste: its lines become one text again, as readline knows only the last.
    if (name === "escape") this.#pasted = [];
    if (!this.#pasting) this.#edited();
  }

  #edited(): void {
    const before = this.#pasted.map((line) => `${line}⏎ `).join("");
    this.#events.onEdit(before + this.#readline.line, before.length + this.#readline.cursor);
  }
}
