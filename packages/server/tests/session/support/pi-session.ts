import type { MemoryPiOptions } from "./memory-pi.ts";

/** The conversation of a `MemoryPi` and its session file. */
export class PiSession {
  name: string | undefined;
  readonly #options: MemoryPiOptions;
  #file: string | null = null;
  #id = "";
  #leaf: string | null = null;
  /** Lines that wait until the file appears. */
  #unwritten: string[] = [];
  #exists = false;
  #deferred: Record<string, unknown>[] = [];

  constructor(options: MemoryPiOptions) {
    this.#options = options;
    if (options.sessionFile !== null) this.open(options.sessionFile);
    else this.begin();
  }

  get file(): string | null {
    return this.#file;
  }

  state(): { sessionId: string; sessionFile?: string; sessionName?: string } {
    return {
      sessionId: this.#id,
      ...(this.#file !== null && { sessionFile: this.#file }),
      ...(this.name !== undefined && { sessionName: this.name }),
    };
  }

  /** A new conversation, whose file is not there yet. */
  begin(): void {
    this.#id = `id${sessionCount++}`;
    this.#file = this.#options.ephemeral ? null : `/sessions/${this.#id}.jsonl`;
    this.#leaf = null;
    this.#exists = false;
    this.#unwritten = [
      JSON.stringify({ type: "session", version: 3, id: this.#id, timestamp: this.#time(), cwd: "/" }),
    ];
    this.#entry({ type: "model_change", modelId: "m" });
  }

  /** Goes on in a file. */
  open(file: string): void {
    const { files } = this.#options;
    const entries = files
      .text(file)
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { id: string });
    this.#file = file;
    this.#id = entries[0]?.id ?? "";
    this.#leaf = entries.length > 1 ? (entries.at(-1)?.id ?? null) : null;
    this.#exists = true;
    this.#unwritten = [];
  }

  /** Copies the conversation to a file of its own at once. */
  fork(): void {
    const { files } = this.#options;
    const lines = this.#exists ? files.text(this.#file ?? "") : this.#unwritten.map((line) => `${line}\n`).join("");
    this.#id = `id${sessionCount++}`;
    if (this.#options.ephemeral) return;
    this.#file = `/sessions/${this.#id}.jsonl`;
    files.write(this.#file, lines);
    this.open(this.#file);
  }

  save(message: Record<string, unknown>): void {
    const isFirst = message.role === "assistant" || (this.#options.manner.fileFromUser && message.role === "user");
    this.#entry({ type: "message", message });
    if (!this.#exists && isFirst && this.#file !== null) {
      for (const line of this.#unwritten) this.#options.files.append(this.#file, line);
      this.#unwritten = [];
      this.#exists = true;
    }
  }

  saveCompaction(summary: string): void {
    this.#entry({ type: "compaction", summary, tokensBefore: 100, firstKeptEntryId: this.#leaf });
  }

  saveBash(message: Record<string, unknown>, deferred: boolean): void {
    const whole = { ...message, timestamp: this.#options.now() };
    if (deferred) this.#deferred.push(whole);
    else this.#entry({ type: "message", message: whole });
  }

  flushBash(now: boolean): void {
    if (!now) return;
    for (const message of this.#deferred.splice(0)) this.#entry({ type: "message", message });
  }

  #entry(entry: Record<string, unknown>): void {
    const id = `e${entryCount++}`;
    const line = JSON.stringify({ ...entry, id, parentId: this.#leaf, timestamp: this.#time() });
    this.#leaf = id;
    if (this.#file === null) return;
    if (this.#exists) this.#options.files.append(this.#file, line);
    else this.#unwritten.push(line);
  }

  #time(): string {
    return new Date(this.#options.now()).toISOString();
  }
}

let sessionCount = 0;
let entryCount = 0;
