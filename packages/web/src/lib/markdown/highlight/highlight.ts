import { ownScript } from "#lib/ui/own-script.ts";
import { highlightLimits } from "../limits.ts";
// A module that Vite makes.
// oxlint-disable-next-line import/default
import workerAddress from "./highlight.worker.ts?worker&url";
import type { HighlightReply, HighlightRequest } from "./highlight.worker.ts";
import { languageOf } from "./languages.ts";
import { type Line, plainLines } from "./lines.ts";

/**
 * The lines of a piece of code in the page's colours, made in a worker. `language` is a name as fences have it, or what a
 * file's name ends with. Code in an unknown language, code above the limits and code that takes too long comes without colours.
 */
export function highlight(code: string, language: string): Promise<Line[]> {
  const known = languageOf(language);
  if (known === null || !isModest(code)) return Promise.resolve(plainLines(code));
  const key = `${known}\n${code}`;
  const kept = cache.get(key);
  // What was asked for last goes last, so that the oldest are the first to go.
  if (kept) cache.delete(key);
  const lines = kept ?? desk.ask({ code, language: known }).then((reply) => reply ?? plainLines(code));
  cache.set(key, lines);
  if (!kept) shrink(key.length);
  return lines;
}

const cache = new Map<string, Promise<Line[]>>();
let cached = 0;

function shrink(added: number): void {
  cached += added;
  for (const key of cache.keys()) {
    if (cached <= highlightLimits.cache) return;
    cache.delete(key);
    cached -= key.length;
  }
}

function isModest(code: string): boolean {
  if (code.length > highlightLimits.code) return false;
  return code.length <= highlightLimits.line || !code.split("\n").some(({ length }) => length > highlightLimits.line);
}

/** One worker that does one thing at a time; one that takes too long is ended and its code stays plain. */
class Desk {
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  ask(request: HighlightRequest): Promise<HighlightReply> {
    const reply = this.#last.then(() => this.#send(request));
    this.#last = reply;
    return reply;
  }

  #send(request: HighlightRequest): Promise<HighlightReply> {
    const worker = (this.#worker ??= new Worker(ownScript(workerAddress), { type: "module" }));
    return new Promise((resolve) => {
      const end = (reply: HighlightReply, isUsable: boolean): void => {
        clearTimeout(timer);
        worker.onmessage = worker.onerror = null;
        if (!isUsable) {
          worker.terminate();
          this.#worker = null;
        }
        resolve(reply);
      };
      const timer = setTimeout(() => end(null, false), highlightLimits.time);
      worker.onmessage = ({ data }: MessageEvent<HighlightReply>) => end(data, true);
      worker.onerror = () => end(null, false);
      worker.postMessage(request);
    });
  }
}

const desk = new Desk();
