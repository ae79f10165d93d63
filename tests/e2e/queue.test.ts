import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { piKnows } from "../harness/pi-under-test.ts";
import { attachTo, messagesOf, openSession, settled, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** A session whose turn waits in the middle of its first message, which a tool call will follow. */
async function waitingSession(gate: string) {
  const session = await openSession(daemon);
  const steps = [
    { text: "Thinking about it. " },
    { gate },
    { tool: "bash", args: { command: "echo tool" } },
    { text: "Never said when steered." },
  ];
  await session.prompt(script(steps));
  await daemon.model.gates.waitForArrival(gate);
  return session;
}

test("steer: it is delivered after the tools of the step, shown in the queue until then", async () => {
  const session = await waitingSession("steered");
  const second = await attachTo(daemon, session.session);
  const steering = script([{ text: "Steered." }]);
  await session.steer(steering);
  await until(second, "the queue", () => second.transcript.live.queue.steering.length === 1);
  expect(second.transcript.live.queue.steering).toEqual([steering]);
  daemon.model.gates.open("steered");
  const messages = await settled(session, 4);
  expect(messagesOf(session).map(({ role }) => role)).toEqual(["user", "assistant", "toolResult", "user", "assistant"]);
  expect(textsOf(messages, "assistant")).toEqual(["Steered."]);
  await until(second, "an empty queue", () => second.transcript.live.queue.steering.length === 0);
});

test("follow_up: it is delivered when the turn would end", async () => {
  const session = await waitingSession("followed");
  await session.followUp(script([{ text: "Followed." }]));
  await until(session, "the queue", () => session.transcript.live.queue.followUp.length === 1);
  daemon.model.gates.open("followed");
  await settled(session, 5);
  expect(textsOf(messagesOf(session), "assistant").slice(1)).toEqual(["Never said when steered.", "Followed."]);
});

test("a prompt while a turn runs: pi refuses it in its own words, and takes it with a streamingBehavior", async () => {
  const session = await waitingSession("refused");
  await expect(session.prompt("now?")).rejects.toMatchObject({
    name: "CommandError",
    command: "prompt",
    code: undefined,
  });
  await session.prompt(script([{ text: "Afterwards." }]), { streamingBehavior: "followUp" });
  daemon.model.gates.open("refused");
  await settled(session, 5);
  expect(textsOf(messagesOf(session), "user")).toHaveLength(2);
  expect(textsOf(messagesOf(session), "assistant").at(-1)).toBe("Afterwards.");
});

test.runIf(piKnows("clear_queue"))("clear_queue: what waits is taken back, for every client", async () => {
  const session = await waitingSession("cleared");
  const second = await attachTo(daemon, session.session);
  await session.steer("one");
  await session.followUp("two");
  await until(second, "the queue", () => second.transcript.live.queue.followUp.length === 1);
  expect(await second.clearQueue()).toMatchObject({ steering: ["one"], followUp: ["two"] });
  await until(session, "an empty queue", () => session.transcript.live.queue.followUp.length === 0);
  expect(session.transcript.live.queue).toEqual({ steering: [], followUp: [] });
  daemon.model.gates.open("cleared");
  await settled(session);
  expect(textsOf(messagesOf(session), "user")).toHaveLength(1);
});

test("queue modes: they stand in the state that every client sees", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  await session.setSteeringMode("all");
  await session.setFollowUpMode("all");
  await until(second, "the modes", () => {
    const { pi } = second.transcript.live;
    return pi?.steeringMode === "all" && pi.followUpMode === "all";
  });
});
