import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WebSocketConstructor } from "@pier/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { piAtLeast } from "../harness/pi-under-test.ts";
import { attachTo, connectTo, messagesOf, openSession, play, textOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

test("a direct shell command: every client sees it run and end, and it reaches the model with the next prompt", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const command = "echo first; until [ -e direct-go ]; do sleep 0.02; done; echo last";
  const result = session.bash(command);
  await until(second, "the command", () =>
    [...second.transcript.live.bash.values()].some((run) => run.command === command),
  );
  if (piAtLeast("0.82.0"))
    await until(second, "its output", () => [...second.transcript.live.bash.values()][0]?.output.includes("first"));
  writeFileSync(join(daemon.folder, "direct-go"), "");
  expect(await result).toMatchObject({ output: "first\nlast\n", exitCode: 0, cancelled: false });
  await until(second, "its end", () => second.transcript.live.bash.size === 0);
  expect(messagesOf(second)).toMatchObject([{ role: "bashExecution", command, output: "first\nlast\n", exitCode: 0 }]);
  expect(messagesOf(second)).toEqual(messagesOf(session));
  const messages = await play(second, [{ echo: "messages" }]);
  expect(textOf(messages.at(-1))).toMatch(/user user$/);
});

test("excludeFromContext: the command is shown but does not reach the model", async () => {
  const session = await openSession(daemon);
  await session.bash("echo private", { excludeFromContext: true });
  expect(messagesOf(session)).toMatchObject([
    { role: "bashExecution", command: "echo private", excludeFromContext: true },
  ]);
  const messages = await play(session, [{ echo: "messages" }]);
  expect(textOf(messages.at(-1))).not.toContain("user user");
});

test("a command without end that writes without end: it is stopped, and everybody is told why", async ({ skip }) => {
  if (piAtLeast("0.76.0") && !piAtLeast("0.82.0")) skip("such a pi runs it and does not tell the output meanwhile");
  const session = await openSession(daemon);
  const connection = connectTo(daemon);
  const second = connection.attach(session.session);
  await second.ready;
  const told: string[] = [];
  connection.onNotice(({ message }) => told.push(message));
  const result = await session.bash("yes 'a line that is repeated and repeated'", { excludeFromContext: true });
  expect(result).toMatchObject({ cancelled: true });
  await until(second, "the end", () => messagesOf(second).length === 1 && second.transcript.live.bash.size === 0);
  expect(told.join()).toMatch(/wrote more than \d+ characters and was stopped/);
  expect(await session.getState()).toMatchObject({ isStreaming: false });
});

test("a client that stops reading meanwhile: it is told why, too", async ({ skip }) => {
  if (piAtLeast("0.76.0") && !piAtLeast("0.82.0")) skip("such a pi runs it and does not tell the output meanwhile");
  const session = await openSession(daemon);
  const sockets: WebSocket[] = [];
  class Pausable extends WebSocket {
    constructor(address: string) {
      super(address, { perMessageDeflate: false });
      sockets.push(this);
    }
  }
  const connection = connectTo(daemon, { WebSocket: Pausable as unknown as WebSocketConstructor });
  const slow = connection.attach(session.session);
  await slow.ready;
  const told: string[] = [];
  connection.onNotice(({ message }) => told.push(message));
  sockets[0]?.pause();
  await session.bash("yes 'a line that is repeated and repeated'", { excludeFromContext: true });
  sockets[0]?.resume();
  await until(slow, "the end", () => messagesOf(slow).length === 1);
  expect(told.join()).toMatch(/wrote more than \d+ characters and was stopped/);
});

test("!command and !!command run where pi runs, with what pi has in its environment", async () => {
  const session = await openSession(daemon);
  for (const option of [{}, { excludeFromContext: true }]) {
    const { output } = await session.bash("pwd; echo $PI_CODING_AGENT_DIR; env | grep -c '^PIER_' || true", option);
    expect(output.trim().split("\n")).toEqual([daemon.folder, daemon.env["PI_CODING_AGENT_DIR"], "0"]);
  }
});

test("!!command: streamed, aborted by another client with all that it started, and ended after a crash of the daemon", async ({
  skip,
}) => {
  if (piAtLeast("0.76.0") && !piAtLeast("0.82.0")) skip("such a pi runs it and does not tell the output meanwhile");
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const output = (): string => [...second.transcript.live.bash.values()].at(-1)?.output ?? "";
  const running = session.bash("echo $$; (sleep 1000 & echo $!; wait)", { excludeFromContext: true });
  await until(second, "both processes", () => output().split("\n").length === 3);
  const pids = output().trim().split("\n").map(Number);
  await second.abortBash();
  expect(await running).toMatchObject({ cancelled: true });
  await poll(() => pids.every((pid) => !isAlive(pid)), "the end of the processes");
  await until(second, "its end", () => second.transcript.live.bash.size === 0);

  // Whoever waits for its reply is told that nobody knows.
  const lost = session.bash("echo $$; exec sleep 1000", { excludeFromContext: true }).catch((error: unknown) => error);
  await until(second, "the process", () => output().trim() !== "");
  const pid = Number(output());
  await daemon.kill();
  await daemon.start();
  await until(second, "the daemon", () => second.transcript.caughtUp && !second.transcript.live.running);
  // pi goes on with what it runs; what the daemon ran went with it.
  await second.abortBash();
  expect(await lost).toMatchObject({ code: "CONNECTION_LOST" });
  await until(second, "its end", () => second.transcript.live.bash.size === 0);
  await poll(() => !isAlive(pid), "the end of the process");
  expect(messagesOf(second)).toMatchObject([{ cancelled: true }, { cancelled: true, output: `${pid}\n` }]);
});

/** Whether there is such a process, and it is no mere entry in the table. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("abort_bash by another client: the command ends as cancelled", async () => {
  const session = await openSession(daemon);
  const second = await attachTo(daemon, session.session);
  const result = session.bash("sleep 1000");
  await until(second, "the command", () => second.transcript.live.bash.size === 1);
  await second.abortBash();
  expect(await result).toMatchObject({ cancelled: true });
  await until(second, "its end", () => second.transcript.live.bash.size === 0);
  expect(messagesOf(second)).toMatchObject([{ role: "bashExecution", cancelled: true }]);
});

test("a failing command and one with much output: the exit code and the truncation are told", async () => {
  const session = await openSession(daemon);
  expect(await session.bash("exit 7")).toMatchObject({ exitCode: 7, cancelled: false });
  const long = await session.bash("seq 1 200000");
  expect(long.truncated).toBe(true);
  expect(long.output).toContain("200000");
});

test("a client that comes later: it sees direct commands where they stood", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "One." }]);
  await session.bash("echo between");
  await play(session, [{ text: "Two." }]);
  const late = await attachTo(daemon, session.session);
  expect(messagesOf(late).map(({ role }) => role)).toEqual(["user", "assistant", "bashExecution", "user", "assistant"]);
  expect(messagesOf(late)).toEqual(messagesOf(session));
});
