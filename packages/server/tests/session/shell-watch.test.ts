import { expect, test, vi } from "vitest";
import { limits } from "../../src/limits.ts";
import { ShellWatch } from "../../src/session/shell-watch.ts";
import { FakeClock } from "./support/fake-clock.ts";
import { Follower } from "./support/follower.ts";
import { manners } from "./support/manners.ts";
import { TestClient } from "./support/test-client.ts";
import { World } from "./support/world.ts";

function open() {
  const clock = new FakeClock();
  const abort = vi.fn<() => void>();
  const tell = vi.fn<(message: string) => void>();
  const watch = new ShellWatch({ clock, abort, tell });
  const start = (id: string, excludeFromContext: boolean): void =>
    watch.onEvent({ type: "pier_bash_start", id, command: `command ${id}`, excludeFromContext });
  const write = (id: string, length: number): void =>
    watch.onEvent({ type: "bash_execution_update", id, delta: "x".repeat(length) });
  const end = (id: string): void => watch.onEvent({ type: "response", id, command: "bash" });
  return { clock, abort, tell, watch, start, write, end };
}

test("ShellWatch: a command that the model does not see is stopped after its time, and says so once", () => {
  const { clock, abort, tell, start } = open();
  start("b:1", true);
  clock.advance(limits.shellTime - 1);
  expect(abort).not.toHaveBeenCalled();
  clock.advance(1);
  expect(abort).toHaveBeenCalledOnce();
  expect(tell.mock.calls).toEqual([["The shell command command b:1 ran longer than 30 minutes and was stopped."]]);
  clock.advance(limits.shellTime * 2);
  expect(abort).toHaveBeenCalledOnce();
});

test("ShellWatch: time does not count for a command that ended, nor for one whose output the model waits for", () => {
  const { clock, abort, start, end, watch } = open();
  start("b:1", true);
  end("b:1");
  start("b:2", false);
  start("b:3", true);
  watch.clear();
  clock.advance(limits.shellTime * 2);
  expect(abort).not.toHaveBeenCalled();
});

test("ShellWatch: any command that writes too much is stopped, each counted for itself", () => {
  const { abort, tell, start, write } = open();
  start("b:1", false);
  start("b:2", true);
  write("b:1", limits.shellOutput);
  write("b:2", limits.shellOutput);
  write("b:3", limits.shellOutput + 1);
  expect(abort).not.toHaveBeenCalled();
  write("b:1", 1);
  expect(abort).toHaveBeenCalledOnce();
  expect(tell.mock.calls[0]?.[0]).toMatch(/command b:1 wrote more than/);
  write("b:1", limits.shellOutput);
  expect(abort).toHaveBeenCalledOnce();
});

test("ShellWatch: what an earlier daemon saw begin gets its time anew", () => {
  const { clock, abort, watch } = open();
  watch.onCaughtUp([{ id: "b:1", command: "sleep", excludeFromContext: true, output: "" }]);
  clock.advance(limits.shellTime);
  expect(abort).toHaveBeenCalledOnce();
});

test.each(manners)(
  "pi $version, a command that the model must not see: shown to people, run by whoever can hide it",
  async (manner) => {
    const world = new World({ manner });
    world.boot();
    await world.session.start();
    const client = new TestClient(world);
    const follower = new Follower();
    await follower.attach(world.session);
    const hidden = client.send({ type: "bash", command: "ls", excludeFromContext: true });
    await world.finish();
    const output = manner.version === "0.74.2" ? "hidden\n" : "one\nls\n";
    expect(client.reply(hidden)).toMatchObject({ command: "bash", success: true, data: { output, exitCode: 0 } });
    expect(follower.messages).toMatchObject([
      { role: "bashExecution", command: "ls", output, excludeFromContext: true },
    ]);
    const late = new Follower();
    await late.attach(world.session);
    expect(late.messages).toEqual(follower.messages);
  },
);
