import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block } from "../src/screen/block.ts";
import type { DockRows } from "../src/screen/dock.ts";
import { Screen } from "../src/screen/screen.ts";
import type { Scrollback } from "../src/screen/scrollback.ts";
import { Stack } from "../src/screen/stack.ts";
import { VirtualTerminal } from "./support/virtual-terminal.ts";

class Lines implements Block {
  rows: string[];
  settled: boolean;
  renders = 0;

  constructor(rows: string[], settled = true) {
    this.rows = rows;
    this.settled = settled;
  }

  render(): readonly string[] {
    this.renders++;
    return this.rows;
  }
}

/** A transcript that keeps all it ever showed, and a dock. */
class Stage {
  readonly terminal: VirtualTerminal;
  readonly stack = new Stack();
  readonly all: Lines[] = [];
  readonly screen: Screen;
  dock: DockRows = { rows: ["----", "> "], covering: 0 };
  #count = 0;

  constructor(columns = 20, rows = 8) {
    this.terminal = new VirtualTerminal(columns, rows);
    const scrollback: Scrollback = {
      render: (width) => this.stack.render(width),
      dropAbove: (count, width) => this.stack.dropAbove(count, width),
      restore: () => this.stack.replace([...this.all]),
    };
    this.screen = new Screen(this.terminal, { scrollback, dock: { render: () => this.dock } });
    this.screen.start();
    this.screen.renderNow();
  }

  add(count: number, settled = true): Lines {
    const block = new Lines(
      Array.from({ length: count }, () => `row ${this.#count++}`),
      settled,
    );
    this.all.push(block);
    this.stack.add(block);
    return block;
  }

  grow(block: Lines, count: number): void {
    block.rows = [...block.rows, ...Array.from({ length: count }, () => `row ${this.#count++}`)];
  }

  draw(): void {
    this.screen.renderNow();
  }

  get rows(): string[] {
    return this.all.flatMap(({ rows }) => rows);
  }

  /** Everything that a person can scroll to, without empty rows. */
  async seen(): Promise<string[]> {
    const { scrollback, screen } = await this.terminal.text();
    return [...scrollback, ...screen].filter((row) => row !== "");
  }
}

describe("Screen", () => {
  test("a terminal that is too small, says so, and shows all once it is larger", async () => {
    const stage = new Stage(19, 8);
    stage.add(30);
    stage.draw();
    expect((await stage.seen()).join(" ")).toBe(
      "This terminal is too small to show the session: make it 20 × 6 or larger.",
    );
    for (const [columns, rows] of [
      [40, 5],
      [3, 2],
      [1, 1],
    ] as const) {
      stage.terminal.resize(columns, rows);
      stage.add(1);
      stage.draw();
      expect((await stage.seen()).join(" ")).not.toContain("row");
    }
    stage.terminal.resize(20, 6);
    stage.draw();
    expect(await stage.seen()).toEqual([...stage.rows, ...stage.dock.rows].map((row) => row.trimEnd()));
  });

  test("a transcript longer than the screen, is in the scrollback once and in order, above the dock", async () => {
    const stage = new Stage();
    for (let at = 0; at < 300; at++) {
      stage.add(1);
      stage.draw();
    }
    expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
    expect(stage.screen.fullRedraws).toBe(1);
  });

  test("settled blocks that scrolled away, are not rendered again", () => {
    const stage = new Stage();
    const first = stage.add(1);
    for (let at = 0; at < 400; at++) {
      stage.add(1);
      stage.draw();
    }
    const before = first.renders;
    stage.add(1);
    stage.draw();
    expect(first.renders).toBe(before);
    expect(stage.stack.blocks.length).toBeLessThan(120);
  });

  test("a block that changes above the screen, is shown as it is by printing all anew", async () => {
    const stage = new Stage();
    const block = stage.add(3, false);
    for (let at = 0; at < 200; at++) stage.add(1);
    stage.draw();
    block.rows = ["changed"];
    stage.draw();
    expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
    expect(stage.screen.fullRedraws).toBe(2);
  });

  test("a dock that shrinks, stays at the bottom", async () => {
    const stage = new Stage();
    stage.add(30);
    stage.dock = { rows: ["----", "> a", "> b", "> c"], covering: 0 };
    stage.draw();
    stage.dock = { rows: ["----", ">"], covering: 0 };
    stage.draw();
    expect((await stage.terminal.text()).screen.slice(-2)).toEqual(["----", ">"]);
    stage.add(2);
    stage.draw();
    expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
  });

  test("a list that covers, takes the room of the transcript's end and gives it back", async () => {
    const stage = new Stage();
    stage.add(30);
    stage.draw();
    const before = (await stage.terminal.text()).screen;
    stage.dock = { rows: ["one", "two", "three", "four"], covering: 2 };
    stage.draw();
    expect((await stage.terminal.text()).screen.slice(-4)).toEqual(["one", "two", "three", "four"]);
    stage.dock = { rows: ["----", ">"], covering: 0 };
    stage.draw();
    expect((await stage.terminal.text()).screen).toEqual(before);
    expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
  });

  test("a resize, prints what is kept anew, once", async () => {
    const stage = new Stage();
    stage.add(50);
    stage.draw();
    stage.terminal.resize(20, 6);
    stage.draw();
    expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
    stage.terminal.resize(40, 12);
    stage.draw();
    expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
  });

  test("anything that happens, leaves every row once and in order", async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant("add"), n: fc.integer({ min: 1, max: 12 }) }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant("grow"), n: fc.integer({ min: 1, max: 12 }) }) },
      fc.record({ do: fc.constant("shrink"), n: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant("dock"), n: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ do: fc.constant("cover"), n: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ do: fc.constant("resize"), n: fc.integer({ min: 6, max: 30 }) }),
      fc.record({ do: fc.constant("settle"), n: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const stage = new Stage();
        let live = stage.add(1, false);
        for (const { do: what, n } of steps) {
          if (what === "add") {
            live.settled = true;
            live = stage.add(n, false);
          } else if (what === "grow") stage.grow(live, n);
          else if (what === "shrink") live.rows = live.rows.slice(0, Math.max(1, live.rows.length - n));
          else if (what === "resize") stage.terminal.resize(n + 14, n);
          else if (what === "settle") live.settled = true;
          else
            stage.dock = {
              rows: Array.from({ length: n }, (_, at) => `dock ${at}`),
              covering: what === "cover" ? Math.floor(n / 2) : 0,
            };
          stage.draw();
        }
        stage.dock = { rows: ["----", ">"], covering: 0 };
        stage.draw();
        expect(await stage.seen()).toEqual([...stage.rows, "----", ">"]);
      }),
      { numRuns: 300 },
    );
  });
});

test("Screen, with something set on the terminal, takes it from whom the terminal is lent, and sets it again", () => {
  const { screen } = new Stage();
  const done: string[] = [];
  const during = (act: () => void): string[] => {
    act();
    return done.splice(0);
  };
  let end = (): void => {};
  const guest = { begin: () => void done.push("on"), end: () => void done.push("off") };
  expect(during(() => (end = screen.occupy(guest)))).toEqual(["on"]);
  expect(during(() => screen.stop())).toEqual(["off"]);
  expect(during(() => screen.stop())).toEqual([]);
  expect(during(() => screen.start())).toEqual(["on"]);
  expect(during(() => end())).toEqual(["off"]);
  expect(during(() => screen.stop())).toEqual([]);
});
