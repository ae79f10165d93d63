import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { startLossyProxy } from "../harness/lossy-proxy.ts";
import { seeded } from "../harness/random.ts";
import { messagesOf, openSession, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { conversation, editor, pierIn } from "./client.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const cuts = 100;

test(`a terminal client whose connection is cut ${cuts} times, ends with the screen of one that was never cut`, async () => {
  const direct = await openSession(daemon);
  let armed = false;
  const port = Number(new URL(daemon.url).port);
  const proxy = await startLossyProxy({ port, random: seeded(7), cuts, mayCut: () => armed });
  try {
    const tokenFile = join(daemon.home, "token");
    writeFileSync(tokenFile, daemon.token, { mode: 0o600 });
    const undisturbed = pierIn(daemon, "attach", direct.session);
    const disturbed = pierIn(daemon, "attach", proxy.url, "--session", direct.session, "--token-file", tokenFile);
    await Promise.all([undisturbed.shows(editor), disturbed.shows(editor)]);
    armed = true;
    // A person who does not wait: Enter on an empty line asks for the connection at once.
    const impatience = setInterval(() => disturbed.press("Enter"), 50);
    onTestFinished(() => clearInterval(impatience));
    let turns = 0;
    for (let turn = 0; proxy.cut < cuts; turn++) {
      const prompt = script([
        { think: `Thoughts of turn ${turn}.` },
        { tokens: 150, delay: 1 },
        { tool: "bash", args: { command: `echo output ${turn}` } },
        { text: `End of turn ${turn}.` },
      ]);
      disturbed.enter(prompt);
      await until(
        direct,
        `the end of turn ${turn}`,
        () => textsOf(messagesOf(direct), "assistant").at(-1) === `End of turn ${turn}.`,
      );
      turns = turn + 1;
    }
    clearInterval(impatience);
    const words = new RegExp(`^\\s*End of turn ${turns - 1}\\.$`, "m");
    const still = (text: string): boolean => words.test(text) && !/Esc stops|lost|catching up/.test(text);
    await Promise.all([undisturbed.shows(still), disturbed.shows(still)]);
    expect(conversation(disturbed)).toEqual(conversation(undisturbed));
    // The script of each turn, and its answer.
    expect(conversation(disturbed).filter((row) => row.trim().startsWith("End of turn"))).toHaveLength(turns);
  } finally {
    await proxy.close();
  }
});
