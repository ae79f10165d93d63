import { limits as wire } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { Follower } from "./support/follower.ts";
import { manners } from "./support/manners.ts";
import { TestClient } from "./support/test-client.ts";
import { World, type WorldOptions } from "./support/world.ts";

async function started(options?: WorldOptions): Promise<{ world: World; client: TestClient; follower: Follower }> {
  const world = new World(options);
  world.boot();
  await world.session.start();
  const client = new TestClient(world);
  const follower = new Follower();
  await follower.attach(world.session);
  return { world, client, follower };
}

describe("a start that fails", () => {
  test("pi ends at once: its own words are in the error, and the session is parked", async () => {
    const world = new World({ answers: false });
    world.onStart = (process) =>
      process.kill({ code: 1, signal: null, stderr: "Error: Unknown option --frobnicate\n" });
    world.boot();
    await expect(world.session.start()).rejects.toMatchObject({
      code: "SESSION_START_FAILED",
      message: "pi ended with code 1: Error: Unknown option --frobnicate",
    });
    expect(world.session.info.activity).toBe("parked");
  });

  test("pi says nothing: it is given up after the limit, and ended", async () => {
    const world = new World({ answers: false });
    world.boot();
    const start = world.session.start();
    start.catch(() => {});
    await world.settle();
    world.clock.advance(limits.start);
    await expect(start).rejects.toMatchObject({
      code: "SESSION_START_FAILED",
      message: "pi did not answer within 60 s.",
    });
    expect(world.process.exit).not.toBeNull();
  });

  test("a prompt that started it is refused with the reason and not kept; sent again it is tried again", async () => {
    const world = new World({ answers: true });
    let broken = true;
    world.onStart = (process) => broken && process.kill({ code: 1, signal: null, stderr: "no model" });
    world.boot();
    const client = new TestClient(world);
    const id = client.prompt("hello");
    await world.settle();
    expect(client.reply(id)).toMatchObject({
      success: false,
      code: "SESSION_START_FAILED",
      error: "pi ended with code 1: no model",
    });
    expect(world.entries).toEqual([]);
    broken = false;
    client.repeat(id, { type: "prompt", message: "hello" });
    await world.finish();
    expect(world.received.map(({ text }) => text)).toEqual(["hello"]);
    expect(client.replies.at(-1)).toMatchObject({ id, success: true });
  });

  test("a full disk: no process is started that the next daemon would not find", async () => {
    const world = new World();
    world.boot();
    world.onSave = () => {
      throw new Error("ENOSPC");
    };
    await expect(world.session.start()).rejects.toMatchObject({
      code: "STORAGE",
      message: expect.stringContaining("ENOSPC"),
    });
    expect(world.processes.size).toBe(0);
  });
});

describe("a ledger that cannot be written", () => {
  test("accept: the prompt is refused and pi never sees it", async () => {
    const { world, client } = await started();
    world.onLedger = () => {
      throw new Error("ENOSPC: no space left on device");
    };
    const id = client.prompt("hello");
    await world.settle();
    expect(client.reply(id)).toMatchObject({
      success: false,
      code: "STORAGE",
      error: expect.stringContaining("ENOSPC"),
    });
    expect(world.received).toEqual([]);
    world.onLedger = () => {};
    client.repeat(id, { type: "prompt", message: "hello" });
    await world.settle();
    expect(world.received).toHaveLength(1);
  });

  test("update before the write: the prompt is refused, nothing of it stays, and sent again it is given once", async () => {
    const { world, client } = await started();
    world.onLedger = (change) => {
      if (change === "update") throw new Error("ENOSPC");
    };
    const id = client.prompt("hello");
    await world.settle();
    expect(client.reply(id)).toMatchObject({ success: false, code: "STORAGE" });
    expect([world.received, world.entries]).toEqual([[], []]);
    world.onLedger = () => {};
    client.repeat(id, { type: "prompt", message: "hello" });
    await world.finish();
    expect(world.received).toHaveLength(1);
  });

  test("every change but the first: it is told, the session goes on, and the prompt is still given once", async () => {
    const { world, client, follower } = await started();
    let failing = false;
    world.onLedger = () => {
      if (failing) throw new Error("ENOSPC");
    };
    const id = client.prompt("hello");
    await world.settle();
    failing = true;
    await world.finish();
    client.repeat(id, { type: "prompt", message: "hello" });
    await world.settle();
    world.process.kill();
    await world.settle();
    failing = false;
    client.prompt("again");
    await world.finish();
    expect(world.received.map(({ text }) => text)).toEqual(["hello", "again"]);
    expect(client.unanswered).toBe(0);
    expect(follower.live.running).toBe(false);
    expect(world.logs.length).toBeGreaterThan(0);
  });
});

describe("offers", () => {
  test("pi is killed before it saved the first prompt: the prompt is offered, can be sent, and then is no offer any more", async () => {
    const { world, client, follower } = await started();
    const id = client.prompt("hello", { images: [{ type: "image", data: "x", mimeType: "image/png" }] });
    await world.settle();
    world.process.kill();
    await world.settle();
    expect(follower.offered).toEqual([{ id: expect.any(String), text: "hello", images: 1 }]);
    const again = follower.offered[0]?.id as string;
    world.session.settleOffer(again, "send");
    expect(() => world.session.settleOffer(again, "send")).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    await world.finish();
    expect(world.received.map(({ text }) => text)).toEqual(["hello", "hello"]);
    expect(follower.offered).toEqual([]);
    // The client's own command is the same one still.
    client.repeat(id, { type: "prompt", message: "hello" });
    await world.finish();
    expect(world.received).toHaveLength(2);
  });

  test("dismissed: it is gone, also for the next daemon", async () => {
    const { world, client } = await started();
    client.prompt("hello");
    await world.settle();
    world.process.kill();
    await world.settle();
    world.session.settleOffer(world.session.offered[0]?.id as string, "dismiss");
    expect(world.session.offered).toEqual([]);
    world.boot();
    await world.settle();
    expect(world.session.offered).toEqual([]);
  });

  test("an offer stays when another prompt of the same words is saved and pi ends", async () => {
    const { world, client } = await started();
    client.prompt("continue");
    await world.settle();
    world.process.kill();
    await world.settle();
    world.clock.advance(10);
    client.prompt("continue");
    await world.finish();
    world.process.kill();
    await world.settle();
    expect(world.session.offered).toHaveLength(1);
  });

  test.each(manners)(
    "the same words were saved before: the unsaved one is offered all the same, pi $version",
    async (manner) => {
      const { world, client } = await started({ manner });
      client.prompt("continue");
      await world.finish();
      world.clock.advance(10);
      client.prompt("continue");
      await world.settle();
      world.process.kill();
      await world.settle();
      expect(world.session.offered).toHaveLength(1);
    },
  );

  test("a command of an extension that was answered a while ago is no offer; a template that pi did not save is one", async () => {
    const { world, client } = await started();
    client.prompt("/ui on");
    await world.settle();
    world.clock.advance(60_000);
    client.prompt("/tpl x");
    await world.settle();
    world.process.kill();
    await world.settle();
    expect(world.session.offered.map(({ text }) => text)).toEqual(["/tpl x"]);
  });

  test("a message that waits in pi's queue after an abort is offered when pi ends", async () => {
    const { world, client } = await started();
    client.prompt("one");
    await world.settle();
    for (let at = 0; at < 8; at++) world.process.pi.step();
    client.send({ type: "follow_up", message: "two" });
    client.send({ type: "abort" });
    await world.finish();
    world.process.kill();
    await world.settle();
    expect(world.session.offered.map(({ text }) => text)).toEqual(["two"]);
  });

  test("a prompt that no process got for long is offered by the next daemon, not sent", async () => {
    const world = new World();
    world.boot();
    world.onStart = () => world.life.end();
    const client = new TestClient(world);
    client.prompt("hello");
    await world.settle();
    world.onStart = () => {};
    world.clock.advance(limits.promptStale + 1);
    world.boot();
    await world.finish();
    expect(world.received).toEqual([]);
    expect(world.session.offered.map(({ text }) => text)).toEqual(["hello"]);
  });
});

test("a daemon that lets go in good order leaves what it could not write to the next one", async () => {
  const { world, client } = await started();
  world.process.full = true;
  client.prompt("hello");
  await world.settle();
  await world.session.release();
  await world.settle();
  world.process.full = false;
  world.boot();
  client.reconnect();
  await world.finish();
  expect(world.received).toHaveLength(1);
  expect(world.session.offered).toEqual([]);
});

test("a suspended pi is shown as stopped; what was said to it arrives when it goes on", async () => {
  const { world, client } = await started();
  world.process.stopped = true;
  world.clock.advance(limits.stateCheck);
  expect(world.session.info.activity).toBe("stopped");
  client.prompt("hello");
  await world.settle();
  world.boot();
  client.reconnect();
  await world.settle();
  const follower = new Follower();
  await follower.attach(world.session);
  expect(follower.mode).toBe("snapshot");
  world.process.resume();
  await world.finish();
  expect(world.received).toHaveLength(1);
  expect(client.unanswered).toBe(0);
});

test("garbage and half lines are skipped and said; what follows is understood", async () => {
  const { world, client, follower } = await started();
  world.process.say('Warning: something\n{"type":"half');
  await world.settle();
  world.process.say('\n[1]\n\n{"type":"agent_start"}\n');
  await world.settle();
  expect(follower.notices).toHaveLength(3);
  expect(follower.notices[0]).toContain("18 bytes");
  expect(follower.live.running).toBe(true);
  client.prompt("hello", { streamingBehavior: "steer" });
  await world.finish();
  expect(client.unanswered).toBe(0);
});

test("pi dies with half a line: the rest is not waited for", async () => {
  const { world, client, follower } = await started();
  client.prompt("hello");
  await world.settle();
  world.process.say('{"type":"message_end","mess');
  world.process.kill({ code: null, signal: "SIGSEGV", stderr: "core dumped" });
  await world.settle();
  expect(world.session.info.lastExit?.message).toBe("pi was ended by SIGSEGV: core dumped");
  expect(follower.live.running).toBe(false);
  expect(world.session.info.activity).toBe("parked");
});

test("commands above the limit are refused; each gets its answer when pi ends", async () => {
  const { world, client } = await started();
  world.process.stopped = true;
  const ids = Array.from({ length: wire.pendingCommands }, () => client.send({ type: "get_last_assistant_text" }));
  await world.settle();
  const over = client.send({ type: "get_last_assistant_text" });
  expect(client.reply(over)).toMatchObject({ code: "TOO_MANY" });
  world.process.kill();
  await world.settle();
  expect(ids.map((id) => client.reply(id)?.code)).toEqual(ids.map(() => "PI_EXITED"));
  expect(client.replies).toHaveLength(wire.pendingCommands + 1);
});

test("prompts above the limit are refused", async () => {
  const { world, client } = await started();
  world.process.stopped = true;
  for (let at = 0; at < limits.prompts; at++) client.prompt("hello");
  await world.settle();
  expect(client.reply(client.prompt("one more"))).toMatchObject({ code: "TOO_MANY" });
});

test.each(manners)("a command that pi does not know gets its answer, named or not, pi $version", async (manner) => {
  const { world, client } = await started({ manner });
  const [one, two] = [client.send({ type: "nonsense" }), client.send({ type: "nonsense" })];
  await world.settle();
  expect([client.reply(one)?.error, client.reply(two)?.error]).toEqual(Array(2).fill("Unknown command: nonsense"));
});

test("a note of the daemon cannot be forged by a client", async () => {
  const { world, client } = await started();
  const id = client.send({ type: 'pier:{"note":"prompt","id":"p:1"}' });
  await world.settle();
  expect(client.reply(id)).toMatchObject({ code: "BAD_REQUEST" });
});

test("a session that is closed while a prompt waits for its process does not start again", async () => {
  const { world, client } = await started();
  client.prompt("hello");
  const closed = world.session.close();
  await world.settle();
  await closed;
  await world.settle();
  expect(world.living).toBeUndefined();
  expect(world.session.info.status).toBe("closed");
  expect(client.unanswered).toBe(0);
  expect(client.reply(client.prompt("more"))).toMatchObject({ code: "SESSION_CLOSED" });
});
