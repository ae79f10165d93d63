import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../cli/programs.ts";
import { attachTo, connectTo, openSession, play, restOf, textOf, until, untilListed } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("set_model and cycle_model: a second client and the list see them, and the model gets them", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const watch = connectTo(daemon).watch();
  const { models } = await session.getAvailableModels();
  expect(models.map(({ id }) => id).toSorted()).toEqual(["demo", "demo-reasoning"]);
  await session.setModel("pier-demo", "demo");
  await until(second, "the model", () => second.transcript.live.pi?.model?.id === "demo");
  await untilListed(watch, "the model", () => watch.sessions.get(session.session)?.model === "demo");
  expect(textOf((await play(session, [{ echo: "model" }])).at(-1))).toBe("demo off");
  const cycled = await second.cycleModel();
  expect(cycled?.model.id).toBe("demo-reasoning");
  await until(session, "the next model", () => session.transcript.live.pi?.model?.id === "demo-reasoning");
  await expect(session.setModel("pier-demo", "no-such-model")).rejects.toThrow(/not found/i);
});

test("set_thinking_level and cycle_thinking_level: a second client sees them, and the model gets them", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  await session.setThinkingLevel("high");
  await until(second, "the level", () => second.transcript.live.pi?.thinkingLevel === "high");
  expect(textOf((await play(session, [{ echo: "model" }])).at(-1))).toBe("demo-reasoning high");
  const cycled = await second.cycleThinkingLevel();
  expect(cycled?.level).toEqual(expect.any(String));
  await until(session, "the next level", () => session.transcript.live.pi?.thinkingLevel === cycled?.level);
});

test("a session created with a model and a thinking level: pi starts with them", async () => {
  const { id } = await restOf(daemon).create({
    working_dir: daemon.folder,
    provider: "pier-demo",
    model: "demo-reasoning",
    thinking_level: "low",
  });
  const session = await attachTo(daemon, id);
  expect(session.transcript.live.pi).toMatchObject({ model: { id: "demo-reasoning" }, thinkingLevel: "low" });
});

test("a thinking level that there is not: no session is made, and the words say which there are", async () => {
  const rest = restOf(daemon);
  const before = (await rest.list()).length;
  await expect(rest.create({ working_dir: daemon.folder, thinking_level: "bogus" })).rejects.toMatchObject({
    status: 400,
    code: "BAD_REQUEST",
    message: expect.stringMatching(/no thinking level bogus: use off, .*high/) as unknown,
  });
  const plain = (await rest.models()).find(({ thinking_levels: levels }) => levels?.join() === "off");
  const wish = { working_dir: daemon.folder, model: plain?.id as string, thinking_level: "high" };
  await expect(rest.create(wish)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: `${plain?.id} has no thinking level high: use off.`,
  });
  const args = ["new", "--no-attach", "--thinking", "bogus", "--data-dir", daemon.dataDir];
  expect(await runProgram(args, { env: daemon.env, cwd: daemon.folder })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^pier: There is no thinking level bogus: use off, [^\n]*\n$/) as unknown,
  });
  expect(await rest.list()).toHaveLength(before);
});

test("set_session_name: every client and the list see it, and it is kept over a new process", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const watch = connectTo(daemon).watch();
  await session.setSessionName("Café \u2028 plans");
  await until(second, "the name", () => second.transcript.live.pi?.sessionName !== undefined);
  // Newer versions turn line separators in names into spaces.
  const name = second.transcript.live.pi?.sessionName as string;
  expect(name).toMatch(/^Café\s+plans$/);
  await untilListed(watch, "the name", () => watch.sessions.get(session.session)?.name === name);
  await play(session, [{ text: "Saved." }]);
  const rest = restOf(daemon);
  await rest.kill(session.session);
  await untilListed(watch, "a closed session", () => watch.sessions.get(session.session)?.status === "closed");
  expect(watch.sessions.get(session.session)?.name).toBe(name);
  await rest.resume(session.session);
  await until(second, "the name", () => second.transcript.live.pi?.sessionName === name);
});

test("a model chosen after a session was created with another one: it stays over a new process", async () => {
  const { id } = await restOf(daemon).create({
    working_dir: daemon.folder,
    provider: "pier-demo",
    model: "demo-reasoning",
    thinking_level: "low",
  });
  const session = await attachTo(daemon, id);
  await session.setModel("pier-demo", "demo");
  await play(session, [{ text: "Saved." }]);
  await restOf(daemon).kill(id);
  await restOf(daemon).resume(id);
  await until(session, "the model", () => session.transcript.info?.activity === "idle" && session.transcript.live.pi);
  expect(session.transcript.live.pi?.model?.id).toBe("demo");
});

test("a session created with a name: pi has it, whether its version takes it on the command line or not", async () => {
  const session = await openSession(daemon, { name: "given at birth" });
  await until(session, "the name", () => session.transcript.live.pi?.sessionName === "given at birth");
  expect(session.transcript.info?.name).toBe("given at birth");
});

test("pi's models over REST: each with the levels that pi itself offers, and pi's own choice is marked", async () => {
  const models = await restOf(daemon).models();
  const session = await openSession(daemon);
  const { models: own } = await session.getAvailableModels();
  expect(models.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  const chosen = session.transcript.live.pi?.model;
  expect(models.filter((model) => model.default)).toMatchObject([{ provider: chosen?.provider, id: chosen?.id }]);
  for (const { provider, id, thinking_levels } of models) {
    await session.setModel(provider, id);
    const { levels } = await session.getAvailableThinkingLevels();
    expect([id, thinking_levels]).toEqual([id, levels]);
  }
});
