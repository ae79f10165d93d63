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
  expect(await fold.locator("use").first().getAttribute("href")).toBe("#i-alert");
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

test("a turn in which all went well, says so", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const twice = [{ tool: "bash", args: { command: "true" } }, { turn: true }] as const;
  await play(session, [...twice, ...twice, { text: "Well done." }]);
  const fold = page.getByRole("log").locator("summary", { hasText: "Worked" });
  await fold.getByText("2 tools", { exact: true }).waitFor();
  expect(await fold.locator("use").first().getAttribute("href")).toBe("#i-check");
  expectQuiet();
});

test.each([
  ["the end of a paragraph", "Some **bold** words, then the walrus", "walrus"],
  ["a block of code", "Look:\n\n```\nconst walrus = 1;\nconst other", "walrus"],
  ["an item of a list", "- one\n- the walrus and", "walrus"],
])(
  "a word that is selected in %s that is being written, stays selected while it grows",
  async (where, begins, word) => {
    const session = await openSession(daemon);
    const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
    const log = page.getByRole("log");
    await log.waitFor();
    const name = where.replaceAll(" ", "-");
    const gates = [`${name}-first`, `${name}-second`] as const;
    await session.prompt(
      script([{ text: begins }, { gate: gates[0] }, { text: " grows" }, { gate: gates[1] }, { text: " to its end" }]),
    );
    const prose = log.locator(".prose");
    await daemon.model.gates.waitForArrival(gates[0]);
    // As Markdown: what is there before it can be drawn as such stands elsewhere.
    await prose.locator("strong, pre, li").first().waitFor();
    await prose.getByText(word).first().waitFor();
    const place = await page.evaluate<{ x: number; y: number }>(`(() => {
    const walker = document.createTreeWalker(document.querySelector("[role=log] .prose"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf("${word}");
      if (at < 0) continue;
      const range = new Range();
      range.setStart(walker.currentNode, at + 1);
      range.setEnd(walker.currentNode, at + 3);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
  })()`);
    await page.mouse.dblclick(place.x, place.y);
    const selected = (): Promise<unknown> => page.evaluate("getSelection().toString().trim()");
    expect(await selected()).toBe(word);
    for (const [at, more] of [" grows", " to its end"].entries()) {
      daemon.model.gates.open(gates[at] ?? "");
      await prose.getByText(more.trim()).waitFor();
      expect(await selected()).toBe(word);
    }
    await until(session, "the end", () => !session.transcript.live.running);
    expect(await selected()).toBe(word);
    expectQuiet();
  },
);
