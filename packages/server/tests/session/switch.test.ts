import { describe, expect, test } from "vitest";
import { Follower } from "./support/follower.ts";
import { manners } from "./support/manners.ts";
import { TestClient } from "./support/test-client.ts";
import { World } from "./support/world.ts";

const texts = (follower: Follower): unknown[] =>
  follower.messages.map((message) => (message as { content?: { text?: string }[] }).content?.[0]?.text);

describe.each(manners)("another conversation in the same process, pi $version", (manner) => {
  async function talked(): Promise<{ world: World; client: TestClient; follower: Follower }> {
    const world = new World({ manner });
    world.boot();
    await world.session.start();
    const client = new TestClient(world);
    const follower = new Follower();
    await follower.attach(world.session);
    client.prompt("first");
    await world.finish();
    return { world, client, follower };
  }

  test("new_session: attached clients attach again and see nothing of the old one", async () => {
    const { world, client, follower } = await talked();
    expect(texts(follower)).toEqual(["first", "first"]);
    client.send({ type: "new_session" });
    await world.finish();
    expect(follower.frames.some((frame) => frame.type === "session")).toBe(true);
    expect(follower.mode).toBe("snapshot");
    expect(texts(follower)).toEqual([]);
    client.prompt("second");
    await world.finish();
    expect(texts(follower)).toEqual(["second", "second"]);
  });

  test("fork and switch_session: the file's messages are shown, once, and those that follow", async () => {
    const { world, client, follower } = await talked();
    const old = world.row.sessionFile as string;
    client.send({ type: "fork", entryId: "x" });
    await world.finish();
    expect(texts(follower)).toEqual(["first", "first"]);
    client.prompt("second");
    await world.finish();
    expect(texts(follower)).toEqual(["first", "first", "second", "second"]);
    expect(world.row.sessionFile).not.toBe(old);
    client.send({ type: "switch_session", sessionPath: old });
    await world.finish();
    expect(texts(follower)).toEqual(["first", "first"]);
  });

  test("commands that come with the switch are held back and go to the new conversation", async () => {
    const { world, client, follower } = await talked();
    client.send({ type: "new_session" });
    client.prompt("second");
    client.send({ type: "bash", command: "ls" });
    await world.settle();
    expect(world.received.map(({ text }) => text)).toEqual(["first"]);
    await world.finish();
    expect(world.received.map(({ text }) => text)).toEqual(["first", "second"]);
    expect(texts(follower)).toContain("second");
    expect(texts(follower)).not.toContain("first");
    expect(client.unanswered).toBe(0);
  });

  test("a switch that is cancelled, or refused by pi, changes nothing and lets the commands behind it go", async () => {
    const { world, client, follower } = await talked();
    const before = follower.frames.length;
    const cancelled = client.send({ type: "new_session", cancelled: true });
    client.prompt("second");
    await world.finish();
    expect(client.reply(cancelled)?.data).toEqual({ cancelled: true });
    expect(follower.frames.slice(before).some((frame) => frame.type === "attached")).toBe(false);
    expect(texts(follower)).toEqual(["first", "first", "second", "second"]);
  });

  test("a client with a cursor from before the switch gets a snapshot, not a replay", async () => {
    const { world, client, follower } = await talked();
    follower.leave();
    client.send({ type: "new_session" });
    await world.finish();
    client.prompt("second");
    await world.finish();
    await follower.attach(world.session);
    expect(follower.mode).toBe("snapshot");
    expect(texts(follower)).toEqual(["second", "second"]);
  });

  test("a daemon that dies in the middle of a switch is followed by one that shows the new conversation", async () => {
    const { world, client } = await talked();
    client.send({ type: "new_session" });
    await world.settle();
    world.life.end();
    world.process.pi.step();
    world.process.pi.step();
    world.process.pi.step();
    world.boot();
    await world.settle();
    const fresh = new Follower();
    await fresh.attach(world.session);
    expect(texts(fresh)).toEqual([]);
    client.prompt("second");
    await world.finish();
    expect(texts(fresh)).toEqual(["second", "second"]);
  });
});

test.each([
  ["a file that is no session", { sessionPath: "/notes.txt" }],
  ["a relative path", { sessionPath: "notes.txt" }],
  ["no path", {}],
])("switch_session to %s is refused before pi sees it", async (_, rest) => {
  const world = new World();
  world.files.write("/notes.txt", "my notes\n");
  world.boot();
  await world.session.start();
  const client = new TestClient(world);
  const id = client.send({ type: "switch_session", ...rest });
  await world.finish();
  expect(client.reply(id)).toMatchObject({ success: false, code: "BAD_REQUEST" });
  expect(world.files.text("/notes.txt")).toBe("my notes\n");
  expect(world.process.journal.toString()).not.toContain("switch_session");
});
