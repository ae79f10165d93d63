import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, normalMessages, savedMessages, shown } from "../harness/normal.ts";
import { between, seeded } from "../harness/random.ts";
import {
  attachTo,
  level,
  messagesOf,
  openSession,
  settled,
  type Steps,
  textOf,
  textsOf,
  until,
} from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

/** Waits until a client was told of this many changes, or the stream reached the next gate. */
async function changes(session: Session, count: number, gate: Promise<void>): Promise<void> {
  let left = count;
  const leave = session.subscribe(() => left--);
  await Promise.race([until(session, "changes", () => left <= 0), gate]).finally(leave);
}

const rounds = 15;

/** One turn with a gate, streaming and a tool in each round. */
const steps: Steps = [
  ...Array.from({ length: rounds }, (_, round) => [
    { gate: `round-${round}` },
    { think: `Round ${round}: what now?` },
    { tokens: 150, delay: 1 },
    { tool: "bash", args: { command: `for i in 1 2 3 4 5 6; do echo ${round}-$i; sleep 0.01; done` } },
  ]).flat(),
  { gate: "end" },
  { text: "That was all." },
] as Steps;

const gates = [...Array.from({ length: rounds }, (_, round) => `round-${round}`), "end"];

/** ms: so many starts of a daemon take their time where others work on the same machine. */
const patience = 300_000;

test(
  `kill -9 of the daemon ${rounds} times in one turn: pi goes on, and every client ends with the transcript of one that never left`,
  { timeout: patience },
  async () => {
    const random = seeded(20_260);
    const session = await openSession(daemon);
    const coalescing = await attachTo(daemon, session.session, { coalesce: 50 });
    const { pid } = session.transcript.info as { pid: number };
    await session.prompt(script(steps));
    for (const [round, gate] of gates.slice(0, -1).entries()) {
      await until(session, "the present", () => session.transcript.caughtUp);
      await daemon.model.gates.waitForArrival(gate);
      const next = daemon.model.gates.waitForArrival(gates[round + 1] as string);
      daemon.model.gates.open(gate);
      await changes(session, between(random, 1, 150), next);
      await daemon.kill();
      await daemon.start();
    }
    await until(session, "the present", () => session.transcript.caughtUp);
    await daemon.model.gates.waitForArrival("end");
    daemon.model.gates.open("end");
    await Promise.all([settled(session), settled(coalescing)]);
    expect(session.transcript.info?.pid).toBe(pid);
    expect(textOf(messagesOf(session).at(-1))).toBe("That was all.");
    expect(messagesOf(session)).toEqual(savedMessages(fileOf(session)));
    const late = await attachTo(daemon, session.session);
    await Promise.all([level(session, late), level(session, coalescing)]);
    expect(shown(session)).toEqual(shown(late));
    expect(shown(coalescing)).toEqual(shown(late));

    // The same script once more, and nobody is killed.
    const quiet = await openSession(daemon);
    await quiet.prompt(script(steps));
    for (const gate of gates) {
      await daemon.model.gates.waitForArrival(gate);
      daemon.model.gates.open(gate);
    }
    await settled(quiet);
    expect(normalMessages(session)).toEqual(normalMessages(quiet));
  },
);

test("prompts sent again over kills of the daemon: each reaches pi exactly once, in the order in which they were given", async () => {
  const random = seeded(7);
  const session = await openSession(daemon);
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  for (const number of numbers) {
    const from = session.transcript.items.length;
    const accepted = session.prompt(script([{ text: `Answer ${number}.` }]), { streamingBehavior: "followUp" });
    // Before the frame leaves, on its way, while it is being kept, while pi takes it, or after the reply.
    for (let turns = between(random, 0, 400); turns > 0; turns--) await new Promise(setImmediate);
    await daemon.kill();
    await daemon.start();
    await accepted;
    await until(session, "the answer", () =>
      textsOf(messagesOf(session, from), "assistant").includes(`Answer ${number}.`),
    );
  }
  await until(session, "the end", () => !session.transcript.live.running);
  const prompts = numbers.map((number) => script([{ text: `Answer ${number}.` }]));
  expect(textsOf(savedMessages(fileOf(session)), "user")).toEqual(prompts);
  expect(textsOf(messagesOf(session), "user")).toEqual(prompts);
  expect(session.transcript.offered).toEqual([]);
});

test("a prompt given while the daemon is away: it is delivered when there is one again", async () => {
  const session = await openSession(daemon);
  await daemon.kill();
  await until(session, "the loss", () => session.transcript.status !== "live");
  const accepted = session.prompt(script([{ text: "Late." }]));
  await daemon.start();
  await accepted;
  expect((await settled(session)).map(textOf).at(-1)).toBe("Late.");
});

test("kill -9 of the daemon while a direct shell command runs: its end is told by the next one", async () => {
  const session = await openSession(daemon);
  const result = session.bash("echo started; until [ -e bash-go ]; do sleep 0.02; done; echo ended");
  const lost = result.then(
    () => "answered",
    (error: unknown) => (error as { code?: string }).code,
  );
  await until(session, "the command", () => session.transcript.live.bash.size === 1);
  await daemon.kill();
  expect(await lost).toBe("CONNECTION_LOST");
  await daemon.start();
  await until(session, "the present", () => session.transcript.caughtUp);
  expect([...session.transcript.live.bash.values()]).toMatchObject([
    { command: expect.stringContaining("started") as unknown },
  ]);
  const second = await attachTo(daemon, session.session);
  await second.bash("touch bash-go");
  await until(session, "its end", () => session.transcript.live.bash.size === 0 && messagesOf(session).length === 2);
  expect(messagesOf(session).map((message) => (message as { output?: string }).output)).toContain("started\nended\n");
});
