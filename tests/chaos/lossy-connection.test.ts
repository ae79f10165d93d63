import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLossyProxy } from "../harness/lossy-proxy.ts";
import { fileOf, savedMessages, shown } from "../harness/normal.ts";
import { seeded } from "../harness/random.ts";
import { attachTo, level, messagesOf, openSession, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const cuts = 100;

test.each([
  { seed: 1, coalesce: 0 },
  { seed: 2, coalesce: 20 },
])(
  `a connection cut at ${cuts} random bytes, coalescing $coalesce ms: the client ends equal to one that was never cut`,
  async ({ seed, coalesce }) => {
    const direct = await openSession(daemon);
    const proxy = await startLossyProxy({ port: Number(new URL(daemon.url).port), random: seeded(seed), cuts });
    try {
      const cut = await attachTo(daemon, direct.session, { coalesce, WebSocket: proxy.WebSocket });
      const prompts: string[] = [];
      for (let turn = 0; proxy.cut < cuts || turn < 3; turn++) {
        const prompt = script([
          { think: `Turn ${turn}` },
          { tokens: 120, delay: 1 },
          { tool: "bash", args: { command: `echo ${turn}` } },
          { text: `End of ${turn}.` },
        ]);
        prompts.push(prompt);
        await cut.prompt(prompt, { streamingBehavior: "followUp" });
        await until(
          direct,
          "the turn's end",
          () =>
            textsOf(messagesOf(direct), "assistant").at(-1) === `End of ${turn}.` && !direct.transcript.live.running,
        );
      }
      await level(direct, cut);
      while (cut.transcript.hasOlder) await cut.loadOlder();
      expect(messagesOf(cut)).toEqual(messagesOf(direct));
      expect({ ...(shown(cut) as object), items: [] }).toEqual({ ...(shown(direct) as object), items: [] });
      expect(textsOf(messagesOf(cut), "user")).toEqual(prompts);
      expect(messagesOf(direct)).toEqual(savedMessages(fileOf(direct)));
    } finally {
      await proxy.close();
    }
  },
);
