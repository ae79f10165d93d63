import { Terminal as Emulator } from "@xterm/headless";
import type { Terminal } from "../../src/pi-tui/index.ts";
import { Screen } from "../../src/screen/screen.ts";

/** A screen in a terminal that is a library, drawn when the test says so. */
export class EmulatedScreen extends Screen {
  readonly emulator: Emulator;

  constructor(scrollback: ConstructorParameters<typeof Screen>[1]["scrollback"], columns: number, rows: number) {
    const emulator = new Emulator({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
    super(terminalOf(emulator), { scrollback, dock: { render: () => ({ rows: ["───", "dock"], covering: 0 }) } });
    this.emulator = emulator;
  }

  draw(): void {
    this.doRender();
  }

  /** What a person who scrolls up sees, without the empty rows at the end of the transcript. */
  async transcript(): Promise<string[]> {
    await new Promise<void>((resolve) => this.emulator.write("", resolve));
    const { active } = this.emulator.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, at) => active.getLine(at)?.translateToString(true).trimEnd() ?? "",
    );
    const dock = lines.lastIndexOf("───");
    return lines.slice(0, dock).join("\n").trimEnd().split("\n");
  }
}

function terminalOf(emulator: Emulator): Terminal {
  const nothing = (): void => {};
  return {
    start: nothing,
    stop: nothing,
    drainInput: async () => {},
    write: (data) => emulator.write(data),
    get columns() {
      return emulator.cols;
    },
    get rows() {
      return emulator.rows;
    },
    kittyProtocolActive: false,
    moveBy: nothing,
    hideCursor: nothing,
    showCursor: nothing,
    clearLine: nothing,
    clearFromCursor: nothing,
    clearScreen: nothing,
    setTitle: nothing,
    setProgress: nothing,
  };
}
