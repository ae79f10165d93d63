import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { actions, AttachTrial } from "./support/attach-trial.ts";
import { Follower } from "./support/follower.ts";
import { type Manner, manners } from "./support/manners.ts";
import { TestClient } from "./support/test-client.ts";
import { World } from "./support/world.ts";

vi.mock("../../src/limits.ts", async (original) => {
  const { limits, ...rest } = await original<typeof import("../../src/limits.ts")>();
  return { ...rest, limits: { ...limits, journal: 3_000 } };
});

/** A session after some turns. */
async function talked(manner: Manner, prompts: readonly string[]): Promise<{ world: World; client: TestClient }> {
  const world = new World({ manner });
  world.boot();
  await world.session.start();
  const client = new TestClient(world);
  for (const prompt of prompts) {
    client.prompt(prompt);
    await world.finish();
  }
  return { world, client };
}

async function seen(world: World): Promise<Follower> {
  const follower = new Follower();
  await follower.attach(world.session);
  return follower;
}

const texts = (follower: Follower): unknown[] =>
  follower.messages.map((message) => (message as { content: unknown }).content);

describe.each(manners)("a journal above its limit, pi $version", (manner) => {
  test("is trimmed after a turn; attached clients and new ones see the same transcript", async () => {
    const { world, client } = await talked(manner, ["one tool", "two"]);
    const before = await seen(world);
    client.prompt("/ui on");
    client.prompt("three tool think");
    await world.finish();
    expect(world.process.start).toBeGreaterThan(0);
    expect(before.frames.some((frame) => frame.type === "resync" || frame.type === "attached")).toBe(true);
    const after = await seen(world);
    expect(after.view()).toEqual(before.view());
    expect(texts(after).length).toBe(4 + 2 + 4);
    expect(after.ui.title).toBe("on");
  });

  test("a daemon that starts over the trimmed journal shows the same", async () => {
    const { world } = await talked(manner, ["/ui on", "one tool", "two", "three tool"]);
    expect(world.process.start).toBeGreaterThan(0);
    const before = await seen(world);
    world.boot();
    await world.settle();
    const after = await seen(world);
    expect(after.view()).toEqual(before.view());
  });

  test("is not trimmed while a direct shell command of the turn is not in the file", async () => {
    const { world, client } = await talked(manner, ["one"]);
    expect(world.process.start).toBe(0);
    client.prompt(`two tool think ${"x".repeat(2_000)}`);
    await world.settle();
    for (let at = 0; at < 6; at++) world.process.pi.step();
    client.send({ type: "bash", command: "ls" });
    await world.settle();
    // The shell command ends while the turn goes on.
    for (let at = 0; at < 6; at++) world.process.pi.step(1);
    await world.finish();
    expect(world.process.journal.length).toBeGreaterThan(3_000);
    expect(world.process.start).toBe(0);
    const roles = async (): Promise<unknown[]> =>
      (await seen(world)).messages.map((message) => (message as { role: string }).role);
    expect(await roles()).toContain("bashExecution");
    client.prompt("three");
    await world.finish();
    expect((await roles()).filter((role) => role === "bashExecution")).toHaveLength(1);
  });

  test("a prompt whose reply is still to come is not given twice after a trim and a restart", async () => {
    const { world, client } = await talked(manner, ["one tool"]);
    client.prompt("/ask me");
    await world.settle();
    world.process.pi.step();
    client.prompt("two tool think");
    await world.settle();
    // The turn ends; the command still waits for its dialog to be answered.
    const id = [...world.process.pi.dialogs.keys()][0] as string;
    world.session.answerDialog(id, { confirmed: true });
    await world.settle();
    const { pi } = world.process;
    while (pi.turn) pi.step(1);
    await world.settle();
    world.boot();
    client.reconnect();
    await world.finish();
    expect(world.received.filter(({ text }) => text === "/ask me")).toHaveLength(1);
    expect(client.unanswered).toBe(0);
  });
});

test("an ephemeral session's journal is never trimmed: nothing else holds it", async () => {
  const world = new World({ ephemeral: true });
  world.boot();
  await world.session.start();
  const client = new TestClient(world);
  for (const prompt of ["one tool", "two tool", "three tool"]) {
    client.prompt(prompt);
    await world.finish();
  }
  expect(world.process.start).toBe(0);
  expect(texts(await seen(world))).toHaveLength(12);
});

test("a file that lacks what the journal holds keeps the journal from being trimmed", async () => {
  const { world, client } = await talked(manners[1], ["one"]);
  // The disk is full for pi.
  const file = world.row.sessionFile ?? "";
  world.files.append = () => {};
  client.prompt("two tool think");
  await world.finish();
  expect(world.files.text(file)).not.toContain("two");
  expect(world.process.start).toBe(0);
});

test("attach, any cuts, restarts and deaths while the journal is trimmed: everyone ends with the same view", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...manners), fc.constantFrom(0, 50), actions, async (manner, interval, list) => {
      const trial = new AttachTrial(manner, interval, 0);
      await trial.begin();
      for (const action of list) await trial.take(action);
      await trial.world.finish();
      await trial.compare();
    }),
    { numRuns: 150 },
  );
});
