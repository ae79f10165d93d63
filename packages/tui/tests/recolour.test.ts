import { describe, expect, test } from "vitest";
import { Screen } from "../src/screen/screen.ts";
import { VirtualTerminal } from "./support/virtual-terminal.ts";

const clear = "\u001b[3J";

/** A screen over rows whose colour can change. */
class Stage {
  readonly terminal = new VirtualTerminal(20, 8);
  readonly screen: Screen;
  count: number;
  colour = 31;
  #dropped = 0;

  constructor(count: number) {
    this.count = count;
    this.screen = new Screen(this.terminal, {
      scrollback: {
        render: () =>
          Array.from(
            { length: this.count - this.#dropped },
            (_, at) => `\u001b[${this.colour}mrow ${at + this.#dropped}\u001b[39m`,
          ),
        dropAbove: (rows) => {
          this.#dropped += rows;
          return rows;
        },
        restore: () => {
          this.#dropped = 0;
        },
      },
      dock: { render: () => ({ rows: ["> "], covering: 0 }) },
    });
    this.screen.start();
    this.draw();
  }

  draw(): void {
    this.screen.renderNow();
  }

  /** Draws and returns what that wrote. */
  written(change: () => void): string {
    const before = this.terminal.written.length;
    change();
    this.draw();
    return this.terminal.written.slice(before);
  }

  async rows(): Promise<string[]> {
    const { scrollback, screen } = await this.terminal.text();
    return [...scrollback, ...screen].filter((row) => row !== "");
  }

  /** All rows and the dock, once and in order. */
  get all(): string[] {
    return [...Array.from({ length: this.count }, (_, at) => `row ${at}`), ">"];
  }
}

describe("Screen.recolour", () => {
  test("what is to be seen, is drawn in its new colours and what left the screen is not touched", async () => {
    const stage = new Stage(30);
    stage.colour = 32;
    const written = stage.written(() => stage.screen.recolour());
    expect(written).not.toContain(clear);
    expect(written).toContain("\u001b[32mrow 29");
    expect(written).not.toContain("row 22\u001b");
    expect(await stage.rows()).toEqual(stage.all);
  });

  test("rows that come after it, are added below and old ones stay", async () => {
    const stage = new Stage(30);
    for (const colour of [32, 33, 34]) {
      stage.colour = colour;
      stage.screen.recolour();
      stage.draw();
      for (let at = 0; at < 60; at++) {
        expect(stage.written(() => stage.count++)).not.toContain(clear);
      }
    }
    expect(await stage.rows()).toEqual(stage.all);
  });

  test("with all, where nothing left the screen, nothing is cleared", async () => {
    const stage = new Stage(5);
    stage.colour = 32;
    const written = stage.written(() => stage.screen.recolour({ all: true }));
    expect(written).not.toContain(clear);
    expect(written).toContain("\u001b[32mrow 0");
    expect(await stage.rows()).toEqual(stage.all);
  });

  test.each([30, 300])("with all, where rows left the screen (%i), they are printed anew", async (count) => {
    const stage = new Stage(count);
    stage.colour = 32;
    const written = stage.written(() => stage.screen.recolour({ all: true }));
    expect(written).toContain(clear);
    expect(written).toContain("\u001b[32mrow 0");
    expect(await stage.rows()).toEqual(stage.all);
  });

  test("before the first frame, draws nothing by itself", async () => {
    const stage = new Stage(5);
    const release = Promise.withResolvers<void>();
    const held = stage.screen.hold(release.promise);
    expect(stage.written(() => (stage.count = 6))).toBe("");
    expect(stage.written(() => stage.screen.recolour({ all: true }))).toBe("");
    release.resolve();
    await held;
    expect(stage.written(() => {})).toContain("row 5");
    expect(await stage.rows()).toEqual(stage.all);
  });
});
