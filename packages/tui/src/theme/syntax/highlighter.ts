import { limits } from "../../limits.ts";
import { Pace } from "./pace.ts";
import type { Token } from "./token.ts";

type Tokenize = (code: string, language: string) => Token[][] | null;

interface Question {
  code: string;
  language: string;
}

interface Known extends Question {
  lines: Token[][] | null;
}

/**
 * Finds out what is what in code. The library behind it is loaded with the first code; until then, and while longer or
 * much code waits for its turn, there is no answer or one for its beginning, and `onColoured` tells when there is a better one.
 */
export class Highlighter {
  /** Hears that the same questions have other answers now. */
  onColoured: () => void = () => {};
  readonly #load: () => Promise<Tokenize>;
  #tokenize: Tokenize | "not loaded" | "loading" | "failed" = "not loaded";
  /** The latest answers, by language and code. */
  readonly #known = new Map<string, Known>();
  /** Code that waits for its turn. */
  readonly #waiting = new Map<string, Question>();
  readonly #pace: Pace;
  #timer: NodeJS.Timeout | undefined;

  constructor({
    load = async (): Promise<Tokenize> => (await import("./engine.ts")).tokenize,
    now = (): number => performance.now(),
  } = {}) {
    this.#load = load;
    this.#pace = new Pace(now);
  }

  /** The tokens of each line of code, of fewer lines when the rest is not known yet; null when nothing is. */
  lines(code: string, language: string | undefined): Token[][] | null {
    const name = /^[^\s{,:]{1,40}/.exec(language ?? "")?.[0].toLowerCase();
    if (name === undefined || isTooLong(code)) return null;
    if (typeof this.#tokenize === "string") {
      if (this.#tokenize === "not loaded") void this.#begin();
      return null;
    }
    const key = `${name}\n${code}`;
    const known = this.#known.get(key);
    if (known) return this.#remember(key, known).lines;
    const beginning = this.#beginningOf(code, name);
    // What could not be told of its beginning, can neither be told of the whole.
    if (beginning && !beginning.lines) return this.#remember(key, { code, language: name, lines: null }).lines;
    if (code.length <= limits.quickCode && this.#pace.allows())
      return this.#tell(key, { code, language: name }, this.#tokenize).lines;
    this.#waiting.set(key, { code, language: name });
    if (this.#waiting.size > limits.knownCode) this.#forgetOldest(this.#waiting);
    if (!this.#timer) this.#workIn(limits.longCodePause);
    // The last line of a beginning may be incomplete.
    return beginning?.lines?.slice(0, -1) ?? null;
  }

  async #begin(): Promise<void> {
    this.#tokenize = "loading";
    try {
      this.#tokenize = await this.#load();
    } catch {
      // Code without colours is code.
      this.#tokenize = "failed";
      return;
    }
    this.onColoured();
  }

  #workIn(ms: number): void {
    this.#timer = setTimeout(() => this.#work(), ms).unref();
  }

  #work(): void {
    this.#timer = undefined;
    const tokenize = this.#tokenize;
    if (typeof tokenize === "string") return;
    do {
      // What was asked last is what is to be seen: a block that grew since is asked for in its longer form.
      const [last] = [...this.#waiting].toReversed();
      if (!last) break;
      const [key, question] = last;
      for (const [other, { code }] of this.#waiting) if (question.code.startsWith(code)) this.#waiting.delete(other);
      this.#tell(key, question, tokenize);
    } while (this.#pace.allows());
    if (this.#waiting.size > 0) this.#workIn(limits.longCodePause);
    this.onColoured();
  }

  #tell(key: string, { code, language }: Question, tokenize: Tokenize): Known {
    const lines = this.#pace.measure(() => tokenize(code, language));
    return this.#remember(key, { code, language, lines });
  }

  /** The longest known code that this one goes on from. */
  #beginningOf(code: string, language: string): Known | null {
    let best: Known | null = null;
    for (const known of this.#known.values()) {
      if (known.language !== language || known.code.length <= (best?.code.length ?? 0)) continue;
      if (code.startsWith(known.code)) best = known;
    }
    return best;
  }

  #remember(key: string, known: Known): Known {
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size > limits.knownCode) this.#forgetOldest(this.#known);
    return known;
  }

  #forgetOldest(map: Map<string, unknown>): void {
    for (const oldest of map.keys()) {
      map.delete(oldest);
      return;
    }
  }
}

/** Whether nobody would read it, or the highlighter might take long over it. */
function isTooLong(code: string): boolean {
  if (code.length > limits.code) return true;
  return code.length > limits.codeLine && code.split("\n").some((line) => line.length > limits.codeLine);
}
