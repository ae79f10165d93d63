import fc from "fast-check";
import { test } from "vitest";
import { actions, AttachTrial } from "./support/attach-trial.ts";
import { manners } from "./support/manners.ts";

test.each([0, 50])(
  "attach, any cuts, restarts and deaths, coalescing %i ms: everyone ends with the same view",
  async (interval) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...manners),
        fc.constantFrom(0, 1, 7, 100),
        actions,
        async (manner, chunk, list) => {
          const trial = new AttachTrial(manner, interval, chunk);
          await trial.begin();
          for (const action of list) await trial.take(action);
          await trial.compare();
          await trial.world.finish();
          await trial.compare();
        },
      ),
      { numRuns: 150 },
    );
  },
);
