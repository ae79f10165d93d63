import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { messagesOf, openSession, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
  mkdirSync(join(daemon.folder, "my notes"));
  writeFileSync(join(daemon.folder, "my notes", "first draft.md"), "");
  writeFileSync(join(daemon.folder, "zebra.txt"), "");
  // What has such a name cannot be offered.
  writeFileSync(join(daemon.folder, "zebra\u001b[2J.txt"), "");
});
afterAll(() => daemon.dispose());

async function opened() {
  const direct = await openSession(daemon, { pi_args: ["-e", rpcDemo] });
  return { direct, terminal: await attachedTo(daemon, direct.session) };
}

test("typing /, lists ours and pi's commands; the one that is chosen runs with Enter", async () => {
  const { terminal } = await opened();
  terminal.type("/");
  await terminal.shows(/→ \/model \[provider\/model\] +Choose the model/);
  terminal.type("rpc");
  await terminal.shows(/→ \/rpc-input/);
  terminal.press("C-c");
  terminal.type("/sess");
  await terminal.shows(/→ \/session +Show tokens/);
  terminal.press("Enter");
  await terminal.shows(/Context +/);
});

test("typing //, lists the client's own commands", async () => {
  const { terminal } = await opened();
  terminal.type("//sta");
  await terminal.shows(/→ \/\/status +Show the connection/);
  terminal.press("Tab");
  await terminal.shows(/^\/\/status$/m);
});

test("typing an argument, completes models and levels; Tab takes one, Enter sends", async () => {
  const { direct, terminal } = await opened();
  terminal.type("/thinking hi");
  await terminal.shows(/→ high/);
  terminal.press("Tab");
  await terminal.shows(/^\/thinking high$/m);
  terminal.press("Enter");
  await until(direct, "the level", () => direct.transcript.live.pi?.thinkingLevel === "high");
  terminal.type("/model reas");
  await terminal.shows(/→ \S+\/demo-reasoning/);
});

test("typing @, completes files of the session's folder, quoted where it must be", async () => {
  const { direct, terminal } = await opened();
  terminal.type("see @zeb");
  const text = await terminal.shows(/→ zebra\.txt/);
  expect(text).not.toContain("[2J");
  terminal.press("Tab");
  await terminal.shows(/^see @zebra\.txt$/m);
  terminal.type("and @dra");
  await terminal.shows(/→ first draft\.md/);
  terminal.press("Enter");
  await terminal.shows(/^see @zebra\.txt and @"my notes\/first draft\.md"$/m);
  terminal.press("Enter");
  await until(direct, "the prompt", () =>
    textsOf(messagesOf(direct), "user").includes('see @zebra.txt and @"my notes/first draft.md"'),
  );
});

test("typing @ while the daemon is away, shows nothing and goes on", async () => {
  const { terminal } = await opened();
  await daemon.kill();
  await terminal.shows("connection lost");
  terminal.type("see @zeb and more");
  await terminal.shows(/^see @zeb and more$/m);
  expect(terminal.text()).not.toContain("zebra");
  await daemon.start();
});
