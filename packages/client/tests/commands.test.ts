import { expect, test } from "vitest";
import { type ClientError, CommandError, limits } from "../src/index.ts";
import { attached, reply, welcome } from "./support/frames.ts";
import { firstOf, Harness, stateOf } from "./support/harness.ts";

test("command resolves with pi's data and rejects with pi's words", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const models = attachment.getAvailableModels();
  const prompt = attachment.prompt("hi");
  const first = await peer.next("command");
  const second = await peer.next("command");
  expect(second).toEqual({
    type: "command",
    session: "s",
    payload: { type: "prompt", message: "hi", id: expect.any(String) },
  });
  expect(second.payload.id).not.toBe(first.payload.id);
  const refused = prompt.catch((error: unknown) => error);
  peer.send(reply(second.payload.id, { success: false, error: "Agent is already processing." }));
  peer.send(reply(first.payload.id, { data: { models: [] } }), reply("unknown"), reply(undefined));
  await expect(models).resolves.toEqual({ models: [] });
  expect(await refused).toMatchObject({
    name: "CommandError",
    command: "prompt",
    message: "Agent is already processing.",
    code: undefined,
  });
});

test("command, refused by the daemon, rejects with its code", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const prompt = attachment.prompt("hi");
  const { payload } = await peer.next("command");
  peer.send(reply(payload.id, { success: false, error: "pi ended.", code: "PI_EXITED" }));
  await expect(prompt).rejects.toMatchObject({ message: "pi ended.", code: "PI_EXITED" });
});

test("command, a protocol error that can only mean it, rejects; otherwise it is told by onError", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const told = firstOf<ClientError>((listener) => connection.onError(listener));
  const refusal = { type: "error", session: "s", re: "command", code: "FORBIDDEN", message: "Read only." };
  const only = attachment.prompt("hi");
  await peer.next("command");
  peer.send(refusal);
  await expect(only).rejects.toMatchObject({ code: "FORBIDDEN", message: "Read only." });
  const two = [attachment.prompt("a"), attachment.prompt("b")];
  const ids = [await peer.next("command"), await peer.next("command")].map(({ payload }) => payload.id);
  peer.send(refusal);
  expect(await told).toMatchObject({ code: "FORBIDDEN" });
  peer.send(reply(ids[0]), reply(ids[1]));
  await Promise.all(two);
});

test("commands without a reply, connection cut, are sent again with the same id if the daemon recognises them", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const prompt = attachment.prompt("once");
  const state = attachment.getState();
  const refusal = attachment.bash("rm -r build").catch((error: unknown) => error);
  const sent = [await peer.next("command"), await peer.next("command"), await peer.next("command")];
  const next = await harness.reconnect(connection, peer);
  expect(await refusal).toMatchObject({
    code: "CONNECTION_LOST",
    message: expect.stringContaining("whether the command was carried out is not known"),
  });
  await next.next("attach");
  expect(next.unread).toEqual([]);
  next.send(attached({ mode: "replay", seq: 0 }));
  expect([await next.next("command"), await next.next("command")]).toEqual(sent.slice(0, 2));
  next.send(reply(sent[0]?.payload.id), reply(sent[1]?.payload.id, { data: { thinkingLevel: "low" } }));
  await prompt;
  await expect(state).resolves.toEqual({ thinkingLevel: "low" });
});

test("commands given before the session is attached go out in order when it is", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s");
  const all = [attachment.abort(), attachment.prompt("a"), attachment.prompt("b")];
  const peer = await harness.server.welcomed();
  await peer.next("attach");
  peer.send(attached());
  for (const type of ["abort", "prompt", "prompt"]) {
    const { payload } = await peer.next("command");
    expect(payload.type).toBe(type);
    peer.send(reply(payload.id));
  }
  await Promise.all(all);
});

test("commands, while there is no connection: a prompt waits, an abort is refused at once", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  peer.cut();
  await stateOf(connection, "waiting");
  const prompt = attachment.prompt("later");
  await expect(attachment.abort()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  harness.timers.advance(0);
  const next = await harness.server.welcomed();
  await next.next("attach");
  next.send(attached({ mode: "replay" }));
  const { payload } = await next.next("command");
  next.send(reply(payload.id));
  await prompt;
});

test("a command that breaks every connection is given up after some times", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer: first } = await harness.attach();
  let peer = first;
  const prompt = attachment.prompt("poison");
  prompt.catch(() => {});
  for (let count = 1; count < limits.commandSends; count++) {
    await peer.next("command");
    peer.cut();
    const { retryAt } = await stateOf(connection, "waiting");
    harness.timers.advance(retryAt - harness.timers.now());
    peer = await harness.server.welcomed();
    await peer.next("attach");
    peer.send(attached({ mode: "replay" }));
  }
  await peer.next("command");
  peer.cut();
  await expect(prompt).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

test("commands, at the limit, are refused until one has its reply", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const waiting = Array.from({ length: limits.pendingCommands }, () => attachment.getState());
  await expect(attachment.getState()).rejects.toMatchObject({ code: "TOO_MANY" });
  const ids: unknown[] = [];
  for (const _ of waiting) ids.push((await peer.next("command")).payload.id);
  expect(new Set(ids).size).toBe(limits.pendingCommands);
  peer.send(reply(ids[0]));
  await waiting[0];
  const more = attachment.getState();
  const { payload } = await peer.next("command");
  for (const id of [...ids.slice(1), payload.id]) peer.send(reply(id));
  await Promise.all([...waiting, more]);
});

test("a command larger than the daemon takes is refused without being sent", async () => {
  await using harness = await Harness.start();
  const connection = harness.connect();
  const attachment = connection.attach("s");
  const peer = await harness.server.peers.next();
  await peer.next("hello");
  peer.send(welcome({ limits: { frame: 1000 } }));
  await peer.next("attach");
  peer.send(attached());
  await attachment.ready;
  await expect(attachment.prompt("é".repeat(460))).rejects.toMatchObject({ code: "FRAME_TOO_LARGE" });
  attachment.prompt("e".repeat(460)).catch(() => {});
  expect((await peer.next("command")).payload).toMatchObject({ message: "e".repeat(460) });
});

test("command, aborted before and while it waits, rejects with the signal's reason", async () => {
  await using harness = await Harness.start();
  const { attachment, peer } = await harness.attach();
  const reason = new Error("enough");
  await expect(attachment.prompt("a", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const prompt = attachment.prompt("b", { signal: controller.signal });
  const { payload } = await peer.next("command");
  controller.abort(reason);
  await expect(prompt).rejects.toBe(reason);
  peer.send(reply(payload.id));
  const after = attachment.getState();
  peer.send(reply((await peer.next("command")).payload.id));
  await after;
});

test("commands of an attachment that ended reject with why", async () => {
  await using harness = await Harness.start();
  const { connection, attachment, peer } = await harness.attach();
  const prompt = attachment.prompt("a");
  await peer.next("command");
  attachment.detach();
  await expect(prompt).rejects.toBeInstanceOf(CommandError);
  await expect(attachment.prompt("b")).rejects.toMatchObject({ code: "DETACHED" });
  const other = connection.attach("t");
  connection.close();
  await expect(other.prompt("c")).rejects.toMatchObject({ code: "CLOSED" });
});
