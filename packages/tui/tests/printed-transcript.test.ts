import fc from "fast-check";
import { expect, test } from "vitest";
import { Screen } from "../src/screen/screen.ts";
import { sessionRecords } from "./support/arbitrary-turns.ts";
import { events } from "./support/frames.ts";
import { following, framed, ofSnapshot } from "./support/sessions.ts";
import { plain, viewOf } from "./support/sight.ts";
import { VirtualTerminal } from "./support/virtual-terminal.ts";

const long = Array.from({ length: 4 }, (_, at) => ({
  type: "message_end",
  message: { role: "user", content: `line ${at}\n`.repeat(60) },
}));

test("Screen of a transcript that came live, has printed at its end what a snapshot shows", async () => {
  await fc.assert(
    fc.asyncProperty(
      sessionRecords,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 20, max: 90 }),
      fc.integer({ min: 6, max: 30 }),
      async (session, sizes, columns, rows) => {
        const records = [...long, ...session];
        const { transcript, shown } = following(viewOf({ thinking: true }, "truecolor"));
        const terminal = new VirtualTerminal(columns, rows);
        const dock = { render: () => ({ rows: ["───", "dock"], covering: 0 }) };
        const screen = new Screen(terminal, { scrollback: shown, dock });
        screen.start();
        for (const [at, frame] of framed(records, sizes).entries()) {
          transcript.apply(events(at + 1, ...frame));
          screen.renderNow();
        }
        const expected = plain(ofSnapshot(records, viewOf({ thinking: true }, "truecolor"), columns));
        const { scrollback, screen: visible } = await terminal.text();
        screen.stop();
        const printed = [...scrollback, ...visible];
        expect(trimmed(printed.slice(0, printed.lastIndexOf("───")))).toEqual(trimmed(expected));
      },
    ),
    { numRuns: 100 },
  );
});

/** Without the empty rows at the end, which may be free ones. */
function trimmed(rows: readonly string[]): string[] {
  return rows
    .map((row) => row.trimEnd())
    .join("\n")
    .trimEnd()
    .split("\n");
}
