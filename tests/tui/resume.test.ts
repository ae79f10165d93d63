import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { messagesOf, openSession, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, conversation } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** Stops in the middle of a word, and goes on. */
const halves = (gate: string): string => script([{ text: "Conti" }, { gate }, { text: "nued." }]);

const words = (rows: readonly string[]): string => rows.join("\n");

describe("a terminal client in the middle of a word", () => {
  test("whose daemon is killed and started again, shows the whole word once and that the turn is over", async () => {
    const direct = await openSession(daemon);
    const terminal = await attachedTo(daemon, direct.session);
    terminal.enter(halves("killed"));
    await daemon.model.gates.waitForArrival("killed");
    await terminal.shows(/^\s*Conti$/m);
    await daemon.kill();
    await terminal.shows("connection lost");
    terminal.type("a draft");
    daemon.model.gates.open("killed");
    await daemon.start();
    terminal.press("Enter");
    await terminal.shows(/^\s*Continued\.$/m);
    // Once in the script, once in the answer.
    expect(words(conversation(terminal)).match(/Conti/g)).toHaveLength(2);
    await until(
      direct,
      "the answer to the draft",
      () =>
        messagesOf(direct).at(-1)?.role === "assistant" &&
        textsOf(messagesOf(direct), "user").length === 2 &&
        !direct.transcript.live.running,
    );
    expect(textsOf(messagesOf(direct), "user").at(-1)).toBe("a draft");
    await terminal.shows((text) => !text.includes("Esc stops") && !text.includes("connection lost"));
  });

  test("that was suspended as a laptop is, catches up and is not busy after a turn that ended meanwhile", async () => {
    const direct = await openSession(daemon);
    const terminal = await attachedTo(daemon, direct.session);
    terminal.enter(halves("asleep"));
    await daemon.model.gates.waitForArrival("asleep");
    await terminal.shows(/^\s*Conti$/m);
    terminal.type("a draft");
    await terminal.shows("a draft");
    process.kill(terminal.pid, "SIGSTOP");
    daemon.model.gates.open("asleep");
    await until(
      direct,
      "the end of the turn",
      () => !direct.transcript.live.running && textsOf(messagesOf(direct), "assistant").at(-1) === "Continued.",
    );
    process.kill(terminal.pid, "SIGCONT");
    await terminal.shows(/^\s*Continued\.$/m);
    await terminal.shows((text) => !text.includes("Esc stops"));
    expect(terminal.text()).toMatch(/^a draft/m);
  });
});
