import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, play, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

test("a turn while it runs and after: thinking, tools and words as they come, then one line and the answer", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const log = page.getByRole("log");
  await log.waitFor();
  await session.prompt(
    `Do it.\n${script([
      { think: "First I think about it." },
      { gate: "thinking" },
      { tool: "bash", args: { command: "echo one; echo two" } },
      { turn: true },
      { tool: "bash", args: { command: "echo three; exit 3" } },
      { turn: true },
      { text: "It is" },
      { gate: "words" },
      { text: " done." },
    ])}`,
  );
  await log.getByRole("article", { name: /^You/ }).getByText("Do it.").waitFor();
  await log.getByText("First I think about it.", { exact: true }).waitFor();
  await log.getByText("Thinking", { exact: true }).waitFor();
  daemon.model.gates.open("thinking");
  await log.getByText("It is", { exact: true }).waitFor();
  // What failed opens by itself, what went well is one line.
  await log.getByText("exit 3", { exact: true }).waitFor();
  await log.getByText(/^three$/).waitFor();
  await log.getByText("echo one; echo two", { exact: true }).waitFor();
  expect(await log.getByText("one two", { exact: true }).count()).toBe(0);
  daemon.model.gates.open("words");
  await log.getByText("It is done.").waitFor();
  const fold = log.locator("summary", { hasText: "Worked" });
  await fold.getByText("2 tools, 1 failed").waitFor();
  expect(await log.getByText("exit 3", { exact: true }).count()).toBe(0);
  await fold.click();
  await log.getByText("exit 3", { exact: true }).waitFor();
  await log.locator("summary", { hasText: "echo one; echo two" }).click();
  await log.getByText("one two").waitFor();
  // The next turn leaves it as it was left.
  await play(session, [{ text: "Another." }]);
  await log.getByText("Another.", { exact: true }).waitFor();
  await log.getByText("exit 3", { exact: true }).waitFor();
  await until(session, "the end", () => !session.transcript.live.running);
  expectQuiet();
});
