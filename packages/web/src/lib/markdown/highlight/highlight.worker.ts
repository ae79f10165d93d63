import type { Emitter } from "highlight.js";
import hljs from "highlight.js/lib/core";
import { grammars, inside } from "./grammars.ts";
import type { Language } from "./languages.ts";
import { type Line, LineWriter } from "./lines.ts";

/** What the page sends here. */
export interface HighlightRequest {
  code: string;
  language: Language;
}

/** What it gets back; null when the code could not be read. */
export type HighlightReply = Line[] | null;

/** Writes lines where highlight.js would write HTML. */
class LineEmitter implements Emitter {
  readonly writer = new LineWriter();

  startScope(name: string): void {
    this.writer.open(name);
  }

  endScope(): void {
    this.writer.close();
  }

  // highlight.js still calls both pairs of names.
  openNode(name: string): void {
    this.writer.open(name);
  }

  closeNode(): void {
    this.writer.close();
  }

  addText(text: string): void {
    this.writer.write(text);
  }

  __addSublanguage(emitter: Emitter): void {
    if (!(emitter instanceof LineEmitter)) return;
    for (const [index, line] of emitter.writer.lines.entries()) {
      if (index > 0) this.writer.write("\n");
      for (const span of line) this.writer.append(span);
    }
  }

  toHTML(): string {
    return "";
  }

  finalize(): void {}
}

hljs.configure({ __emitter: LineEmitter });

addEventListener("message", ({ data }: MessageEvent<HighlightRequest>) => {
  highlight(data).then(postMessage, () => postMessage(null));
});

async function highlight({ code, language }: HighlightRequest): Promise<HighlightReply> {
  await Promise.all([language, ...(inside[language] ?? [])].map(load));
  const { _emitter: emitter, errorRaised } = hljs.highlight(code, { language, ignoreIllegals: true });
  return emitter instanceof LineEmitter && !errorRaised ? emitter.writer.lines : null;
}

async function load(language: Language): Promise<void> {
  if (hljs.getLanguage(language)) return;
  const { default: grammar } = await grammars[language]();
  hljs.registerLanguage(language, grammar);
}
