import { listenToFrame, openFrame, tellFrame } from "../frame-page.ts";
import { diagramLimits } from "../limits.ts";
import type { DiagramLook } from "./diagram-look.ts";

/** A diagram as a picture, or why there is none. */
export type Drawn = { svg: string; width: number; height: number } | { problem: string };

/** Draws a diagram in a sandbox, one after another. What was drawn lately is kept. */
export function drawDiagram(source: string, look: DiagramLook): Promise<Drawn> {
  if (source.length > diagramLimits.source) {
    return Promise.resolve({
      problem: `It has ${source.length} characters; at most ${diagramLimits.source} are drawn.`,
    });
  }
  const key = JSON.stringify([source, look]);
  const drawn = kept.get(key) ?? (last = last.then(() => draw(source, look)));
  kept.delete(key);
  kept.set(key, drawn);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return drawn;
}

const mostKept = 24;
const kept = new Map<string, Promise<Drawn>>();
let last: Promise<Drawn> = Promise.resolve({ problem: "" });

/** ms after which the frame goes when nothing is drawn. */
const idle = 60_000;

let room: Room | null = null;
let closing: ReturnType<typeof setTimeout> | undefined;

async function draw(source: string, look: DiagramLook): Promise<Drawn> {
  clearTimeout(closing);
  const used = (room ??= new Room());
  const drawn = await used.draw(source, look);
  const end = (): void => {
    used.close();
    if (room === used) room = null;
  };
  // One that did not answer may never do.
  if (used.isStuck) end();
  else closing = setTimeout(end, idle);
  return drawn;
}

/** The frame in which mermaid draws. */
class Room {
  isStuck = false;
  readonly #frame = openFrame("diagram");
  readonly #ready: Promise<boolean>;
  #count = 0;

  constructor() {
    this.#frame.className = "diagram-frame";
    this.#frame.tabIndex = -1;
    this.#frame.ariaHidden = "true";
    this.#ready = this.#hear(({ ready }) => (ready === true ? true : null), diagramLimits.load).then(
      (said) => said === true,
    );
    document.body.append(this.#frame);
  }

  async draw(source: string, look: DiagramLook): Promise<Drawn> {
    if (!(await this.#ready)) {
      this.isStuck = true;
      return { problem: "What draws diagrams could not be loaded." };
    }
    const id = ++this.#count;
    const drawn = this.#hear((said) => (said["id"] === id ? parseDrawn(said) : null), diagramLimits.time);
    tellFrame(this.#frame, {
      id,
      source,
      ...look,
      limits: { source: diagramLimits.source, edges: diagramLimits.edges },
    });
    const reply = await drawn;
    this.isStuck = reply === null;
    return reply ?? { problem: "It takes too long to draw." };
  }

  close(): void {
    this.#frame.remove();
  }

  /** The first thing the frame says that is taken, or null when it says none in time. */
  #hear<T>(take: (said: Record<string, unknown>) => T | null, time: number): Promise<T | null> {
    return new Promise((resolve) => {
      const end = (value: T | null): void => {
        clearTimeout(timer);
        stop();
        resolve(value);
      };
      const stop = listenToFrame(this.#frame, (said) => {
        const taken = take(said);
        if (taken !== null) end(taken);
      });
      const timer = setTimeout(() => end(null), time);
    });
  }
}

function parseDrawn({ svg, width, height, problem }: Record<string, unknown>): Drawn {
  if (typeof problem === "string") return { problem: problem.slice(0, 500) };
  const isSize = (value: unknown): value is number => typeof value === "number" && value > 0 && value < 100_000;
  if (typeof svg !== "string" || !isSize(width) || !isSize(height)) return { problem: "The drawing makes no sense." };
  return svg.length > diagramLimits.picture ? { problem: "The drawing is too large." } : { svg, width, height };
}
