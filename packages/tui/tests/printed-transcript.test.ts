import fc from "fast-check";
import { expect, test } from "vitest";
import { sessionRecords } from "./support/arbitrary-turns.ts";
import { EmulatedScreen } from "./support/emulator.ts";
import { events } from "./support/frames.ts";
import { following, framed, ofSnapshot } from "./support/sessions.ts";
import { plain, viewOf } from "./support/sight.ts";

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
        const screen = new EmulatedScreen(shown, columns, rows);
        for (const [at, frame] of framed(records, sizes).entries()) {
          transcript.apply(events(at + 1, ...frame));
          screen.draw();
        }
        const expected = plain(ofSnapshot(records, viewOf({ thinking: true }, "truecolor"), columns));
        const printed = await screen.transcript();
        expect(printed).toEqual(
          expected
            .map((row) => row.trimEnd())
            .join("\n")
            .trimEnd()
            .split("\n"),
        );
      },
    ),
    { numRuns: 150 },
  );
});
