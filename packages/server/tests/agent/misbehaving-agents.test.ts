import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { AgentClient } from "./agent-client.ts";
import { AgentHost, fixtureAgent } from "./agent-host.ts";

/** A host whose sessions run a fixture agent, beside one that runs a good one. */
async function hostOf(name: string, speed = 1): Promise<{ host: AgentHost; harmless(): Promise<void> }> {
  let next = "good";
  const pi = () => Promise.resolve({ program: fixtureAgent(next), version: "0.87.1" });
  // The good one may take its time to start.
  const host = new AgentHost({ pi, speed: () => (next === "good" ? 1 : speed) });
  onTestFinished(() => host[Symbol.asyncDispose]());
  const good = await AgentClient.attach(host, (await host.create()).id);
  next = name;
  let turns = 0;
  return {
    host,
    async harmless() {
      turns++;
      expect(await good.prompt(`hello ${turns}`)).toMatchObject({ success: true });
      await good.settled(turns);
      expect(good.texts).toContain(`You said: hello ${turns}`);
    },
  };
}

test("an agent that dies at its start: its own words are in the error, and no session is left", async () => {
  const { host, harmless } = await hostOf("dies-at-start");
  await expect(host.create()).rejects.toMatchObject({
    code: "SESSION_START_FAILED",
    message: "pi ended with code 1: Error: Unknown option: --frobnicate",
  });
  expect(host.sessions.all()).toHaveLength(1);
  await harmless();
});

test("an agent that never answers: it is given up after the limit with what it said last, and ended", async () => {
  const { host, harmless } = await hostOf("never-answers", 200);
  const start = host.create();
  start.catch(() => {});
  await harmless();
  await expect(start).rejects.toMatchObject({
    code: "SESSION_START_FAILED",
    message: "pi did not answer within 60 s: Loading the tide tables…",
  });
  expect(host.sessions.all()).toHaveLength(1);
});

test.each(["kill", "remove"] as const)(
  "an agent that never answers: a %s ends its start at once, and nothing is left",
  async (end) => {
    const { host, harmless } = await hostOf("never-answers");
    const known = new Set(host.sessions.all().map(({ id }) => id));
    const start = host.create();
    const failed = start.catch((error: unknown) => error);
    await vi.waitFor(() => expect(host.sessions.all().some(({ id }) => !known.has(id))).toBe(true), {
      timeout: 20_000,
    });
    const id = host.sessions.all().find((info) => !known.has(info.id))?.id ?? "";
    await (end === "kill" ? host.sessions.kill(id) : host.sessions.remove(id, false)).catch(() => {});
    expect(await failed).toMatchObject({ code: "SESSION_START_FAILED" });
    expect(host.sessions.all().map((info) => info.id)).toEqual([...known]);
    expect(existsSync(join(host.folder, "run", id))).toBe(false);
    await harmless();
  },
);

test("an agent that dies in the middle of a turn: the session is parked, its prompt offered, and it starts again", async () => {
  const { host, harmless } = await hostOf("dies-mid-turn");
  const { id } = await host.create();
  const client = await AgentClient.attach(host, id);
  await client.prompt("hello");
  await client.until(() => host.sessions.get(id).activity === "parked");
  expect(host.sessions.get(id).lastExit).toMatchObject({ code: 134, message: "pi ended with code 134: out of memory" });
  await client.until(() => client.follower.offered.length === 1);
  expect(client.follower.live.running).toBe(false);
  await harmless();
  expect(await client.prompt("once more")).toMatchObject({ success: true });
  await client.until(() => client.follower.offered.length === 2);
});

test("an agent that writes half a line and is gone: nobody waits for the rest", async () => {
  const { host, harmless } = await hostOf("half-line");
  const { id } = await host.create();
  const client = await AgentClient.attach(host, id);
  await client.prompt("hello");
  await client.until(() => host.sessions.get(id).activity === "parked");
  expect(client.follower.live.tail()).toEqual([]);
  expect(client.follower.live.running).toBe(false);
  await harmless();
});

test.each([0, 50])(
  "an agent that floods, coalescing %i ms: all of it arrives, and others are served meanwhile",
  async (interval) => {
    const { host, harmless } = await hostOf("floods");
    const { id } = await host.create();
    const client = await AgentClient.attach(host, id, interval);
    await client.prompt("hello");
    await harmless();
    await client.settled();
    expect(client.texts).toEqual(["hello", "done"]);
    await harmless();
  },
);

test("an agent that stalls: it is shown as running, what waits for it is answered when it is ended", async () => {
  const { host, harmless } = await hostOf("stalls");
  const { id } = await host.create();
  const client = await AgentClient.attach(host, id);
  await client.prompt("hello");
  await client.until(() => host.sessions.get(id).activity === "running");
  // More than a pipe holds.
  const large = client.prompt("x".repeat(300_000));
  const small = client.ask({ type: "get_commands" });
  await harmless();
  await host.sessions.session(id).park();
  expect(await large).toMatchObject({ success: false, code: "PI_EXITED" });
  expect(await small).toMatchObject({ success: false, code: "PI_EXITED" });
  await harmless();
});

test("an agent that talks nonsense: it is skipped and said, and the turn comes through", async () => {
  const { host, harmless } = await hostOf("talks-nonsense");
  const { id } = await host.create();
  const client = await AgentClient.attach(host, id);
  await client.prompt("hello");
  await client.settled();
  await harmless();
  expect(client.texts).toContain("sense");
  expect(client.follower.notices.filter((text) => text.includes("no record")).length).toBeGreaterThanOrEqual(5);
  await host.restart();
  const fresh = await AgentClient.attach(host, id);
  expect(fresh.texts).toContain("sense");
  await expect(fresh.prompt("again")).resolves.toMatchObject({ success: true });
});

test("an agent that ignores SIGTERM: it is killed after the limit", { timeout: 40_000 }, async () => {
  const { host, harmless } = await hostOf("ignores-sigterm");
  const { id, pid } = await host.create();
  await host.sessions.kill(id);
  expect(() => process.kill(pid as number, 0)).toThrow("ESRCH");
  expect(host.sessions.get(id).status).toBe("closed");
  await harmless();
});

test("a daemon that is replaced finds agents of all manners again", async () => {
  const { host } = await hostOf("stalls");
  const { id } = await host.create();
  const client = await AgentClient.attach(host, id);
  await client.prompt("hello");
  await host.restart();
  const fresh = await AgentClient.attach(host, id);
  expect(fresh.texts).toEqual(["hello"]);
  expect(fresh.follower.live.running).toBe(true);
});
