import { limits } from "@pier/protocol";
import { expect, test } from "vitest";
import { Follower } from "./support/follower.ts";
import { TestClient } from "./support/test-client.ts";
import { World } from "./support/world.ts";

/** A session whose turn asks something. */
async function asking(
  timeout?: number,
  question: object = { method: "confirm", title: "Sure?" },
): Promise<{ world: World; client: TestClient; id: string }> {
  const world = new World({ uiTimeout: 60_000 });
  world.boot();
  await world.session.start();
  const client = new TestClient(world);
  client.prompt("hello");
  await world.settle();
  const { pi } = world.process;
  pi.step();
  const id = pi.ask({ ...question, ...(timeout !== undefined && { timeout }) });
  await world.settle();
  return { world, client, id };
}

async function follow(world: World): Promise<Follower> {
  const follower = new Follower();
  await follower.attach(world.session);
  await world.settle();
  return follower;
}

const resolved = (follower: Follower): unknown[] =>
  follower.frames.filter((frame) => frame.type === "extension_ui_resolved");

test("a dialog raised while nobody is there is shown to whoever comes, and asks for attention", async () => {
  const { world, id } = await asking();
  expect(world.session.info.attention).toEqual({ reason: "question", text: "Sure?" });
  const follower = await follow(world);
  expect(follower.ui.dialogs.get(id)).toMatchObject({ method: "confirm", title: "Sure?" });
});

test("the first answer wins, closes the dialog everywhere, and reaches pi once", async () => {
  const { world, id } = await asking();
  const [one, two] = [await follow(world), await follow(world)];
  world.session.answerDialog(id, { confirmed: true });
  expect(() => world.session.answerDialog(id, { confirmed: false })).toThrow(
    expect.objectContaining({ code: "DIALOG_NOT_FOUND" }),
  );
  await world.settle();
  expect(world.process.pi.answers).toEqual([{ type: "extension_ui_response", id, confirmed: true }]);
  for (const follower of [one, two]) {
    expect(follower.ui.dialogs.size).toBe(0);
    expect(resolved(follower)).toEqual([{ type: "extension_ui_resolved", session: "s1", id, reason: "answered" }]);
  }
  expect(world.session.info.attention).toBeUndefined();
});

const choice = { method: "select", title: "Sure?", options: ["Allow", "Block", ""] };

test.each(["nope", "allow", "Allow ", "0"])("a select answered with %j, refuses it and stays open", async (value) => {
  const { world, id } = await asking(undefined, choice);
  const follower = await follow(world);
  expect(() => world.session.answerDialog(id, { value })).toThrow(expect.objectContaining({ code: "BAD_REQUEST" }));
  await world.settle();
  expect(world.process.pi.answers).toEqual([]);
  expect(follower.ui.dialogs.size).toBe(1);
  world.session.answerDialog(id, { value: "Block" });
  await world.settle();
  expect(world.process.pi.answers).toEqual([{ type: "extension_ui_response", id, value: "Block" }]);
});

test.each([{ value: "" }, { cancelled: true }] as const)("a select answered with %j, takes it", async (answer) => {
  const { world, id } = await asking(undefined, choice);
  world.session.answerDialog(id, answer);
  await world.settle();
  expect(world.process.pi.answers).toEqual([{ type: "extension_ui_response", id, ...answer }]);
});

test("a question for a text, takes any", async () => {
  const { world, id } = await asking(undefined, { ...choice, method: "input" });
  world.session.answerDialog(id, { value: "nope" });
  await world.settle();
  expect(world.process.pi.answers).toMatchObject([{ value: "nope" }]);
});

test("pi's own timeout closes the dialog without an answer: pi went on by itself", async () => {
  const { world, id } = await asking(5_000);
  const follower = await follow(world);
  expect(follower.ui.dialogs.get(id)?.deadline).toBe(world.clock.now() + 5_000);
  world.clock.advance(4_999);
  expect(follower.ui.dialogs.size).toBe(1);
  world.clock.advance(1);
  await world.settle();
  expect(resolved(follower)).toEqual([{ type: "extension_ui_resolved", session: "s1", id, reason: "expired" }]);
  expect(world.process.pi.answers).toEqual([]);
});

test("an unseen dialog gets the default answer in the end; viewers who come stop its clock, who leave start it anew", async () => {
  const { world, id } = await asking();
  world.clock.advance(59_999);
  const follower = await follow(world);
  world.clock.advance(600_000);
  expect(world.process.pi.answers).toEqual([]);
  follower.leave();
  world.clock.advance(59_999);
  expect(world.process.pi.answers).toEqual([]);
  world.clock.advance(1);
  await world.settle();
  expect(world.process.pi.answers).toEqual([{ type: "extension_ui_response", id, confirmed: false }]);
});

test("somebody who watches the list sees the dialog as well", async () => {
  const { world } = await asking();
  world.watched = true;
  world.session.watchersChanged();
  world.clock.advance(600_000);
  expect(world.process.pi.answers).toEqual([]);
  world.watched = false;
  world.session.watchersChanged();
  world.clock.advance(60_000);
  await world.settle();
  expect(world.process.pi.answers).toHaveLength(1);
});

test("an open dialog survives the daemon; an answered one stays closed, because the note stands in the journal", async () => {
  const { world, id } = await asking();
  const other = world.process.pi.ask({ method: "input", title: "Name?" });
  await world.settle();
  world.session.answerDialog(id, { confirmed: true });
  await world.settle();
  world.boot();
  await world.settle();
  const follower = await follow(world);
  expect([...follower.ui.dialogs.keys()]).toEqual([other]);
  expect(() => world.session.answerDialog(id, { confirmed: true })).toThrow(
    expect.objectContaining({ code: "DIALOG_NOT_FOUND" }),
  );
  world.session.answerDialog(other, { value: "Pier" });
  await world.settle();
  expect(world.process.pi.answers.map((answer) => answer.id)).toEqual([id, other]);
});

test("a daemon that dies before the answer was written asks again, and pi gets one answer", async () => {
  const { world, id } = await asking();
  world.boot(2);
  await world.settle();
  if (!world.life.over) world.session.answerDialog(id, { confirmed: true });
  await world.settle();
  world.boot();
  await world.settle();
  const follower = await follow(world);
  if (follower.ui.dialogs.has(id)) world.session.answerDialog(id, { confirmed: true });
  await world.settle();
  expect(world.process.pi.answers).toHaveLength(1);
});

test("abort answers open dialogs first: pi would not end the turn before", async () => {
  const { world, client, id } = await asking();
  const follower = await follow(world);
  const abort = client.send({ type: "abort" });
  await world.settle();
  expect(world.process.pi.answers).toEqual([{ type: "extension_ui_response", id, cancelled: true }]);
  expect(resolved(follower)).toHaveLength(1);
  await world.finish();
  expect(client.reply(abort)?.success).toBe(true);
  expect(follower.live.running).toBe(false);
});

test("the end of pi closes its dialogs and their clocks", async () => {
  const { world } = await asking(5_000);
  const follower = await follow(world);
  world.process.kill();
  await world.settle();
  expect(follower.ui.dialogs.size).toBe(0);
  expect(() => world.clock.advance(100_000)).not.toThrow();
});

test("dialogs above the limit: the oldest is answered in its person's place", async () => {
  const { world, id } = await asking();
  const asked = Array.from({ length: limits.dialogs }, (_, at) =>
    world.process.pi.ask({ method: "input", title: `${at}` }),
  );
  await world.settle();
  const follower = await follow(world);
  expect([...follower.ui.dialogs.keys()]).toEqual(asked);
  expect(world.process.pi.answers).toEqual([{ type: "extension_ui_response", id, confirmed: false }]);
});
