import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { drawn, fromEnd, heightOf, scrollOf, topOf, toTop } from "./harness/places.ts";
import { assistant, call, result, savedSession, text, user } from "./harness/saved-session.ts";
import { watchSocket } from "./harness/session-socket.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

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

/** Elements that a page may have, however long the conversation is. */
const most = 3_000;

const elements = (page: Page): Promise<number> => page.locator("*").count();

async function open(path: string): Promise<WebPage & { log: Locator }> {
  const web = await openPage(browser, daemon, path);
  return { ...web, log: web.page.getByRole("log") };
}

test("10,000 messages: they open at the end, and every older page comes while what is read stays where it is", async () => {
  const session = await savedSession(
    daemon,
    Array.from({ length: 5_000 }, (_, at) => [
      user(`Question ${at}.`),
      assistant(text(`Answer ${at}, ${"in some more words ".repeat(at % 60)}and its end.`)),
    ]).flat(),
  );
  const { page } = await openPage(browser, daemon);
  const socket = await watchSocket(page);
  await page.goto(`${daemon.url}/session/${session}`);
  const log = page.getByRole("log");
  await log.getByText("Answer 4999,").waitFor();
  await expect.poll(() => fromEnd(log)).toBeLessThanOrEqual(1);
  expect(await elements(page)).toBeLessThan(most);
  expect(socket.sent("history")).toBe(0);
  for (let pages = 1; pages <= 4; pages++) {
    socket.hold("history");
    await toTop(log);
    await socket.waitForHeld();
    await expect.poll(() => scrollOf(log).then(({ scrollTop }) => scrollTop)).toBe(0);
    await log.getByText("Loading older messages…").waitFor();
    const read = log.getByRole("article").first();
    const words = await read.innerText();
    const same = log.getByRole("article").filter({ hasText: words });
    const before = await topOf(same);
    const height = await heightOf(log);
    socket.letGo();
    await expect.poll(() => heightOf(log)).toBeGreaterThan(height);
    await drawn(page);
    expect(Math.abs((await topOf(same)) - before)).toBeLessThanOrEqual(1);
    expect(await elements(page)).toBeLessThan(most);
  }
  await log.focus();
  await page.keyboard.press("End");
  await log.getByText("Answer 4999,").waitFor();
  await page.close();
});

test("a turn of 3,000 calls: one line, all of it on request, and no more on the page than is seen", async () => {
  const session = await savedSession(daemon, [
    user("Do everything."),
    ...Array.from({ length: 3_000 }, (_, at) => [
      assistant(call(`c${at}`, "bash", { command: `echo step ${at}` })),
      result(`c${at}`, "bash", `Output ${at}. ${"words ".repeat(200)}`),
    ]).flat(),
    assistant(text("Everything is done.")),
  ]);
  const { page } = await openPage(browser, daemon);
  const socket = await watchSocket(page);
  await page.goto(`${daemon.url}/session/${session}`);
  const log = page.getByRole("log");
  await log.getByText("Everything is done.").waitFor();
  await log
    .locator("summary", { hasText: "Worked" })
    .getByText(/^\d+ tools or more$/)
    .waitFor();
  // What is folded shows nothing, however much of it there is: nothing is loaded unasked.
  await drawn(page);
  expect(socket.sent("history")).toBe(0);
  const question = log.getByRole("article", { name: /^You/ });
  const more = log.getByRole("button", { name: "Show older messages" });
  while ((await question.count()) === 0) {
    await more.or(question).first().waitFor();
    if (await more.isVisible()) await more.click();
  }
  const fold = log.locator("summary", { hasText: "Worked" });
  await fold.getByText("3,000 tools", { exact: true }).waitFor();
  await fold.click();
  await log.getByText("echo step 0", { exact: true }).waitFor();
  expect(await elements(page)).toBeLessThan(most);
  await log.focus();
  await page.keyboard.press("End");
  await log.getByText("echo step 2999", { exact: true }).waitFor();
  expect(await elements(page)).toBeLessThan(most);
  await page.close();
});

test("an output that is too large to come along: its end, its size, and all of it when somebody wants it", async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `line ${at} of the output`);
  const session = await savedSession(daemon, [
    user("Say much."),
    assistant(call("c", "bash", { command: "seq 20000" })),
    result("c", "bash", lines.join("\n")),
    user("Thanks."),
  ]);
  const { log, expectQuiet } = await open(`/session/${session}`);
  await log.locator("summary", { hasText: "seq 20000" }).click();
  await log.getByText("line 19999 of the output").waitFor();
  expect(await log.getByText("line 10000 of the output").count()).toBe(0);
  await log.getByRole("button", { name: /^Show all, \d+ KB$/ }).click();
  await log.getByText("line 10000 of the output").waitFor();
  await log.getByRole("button", { name: "Show less" }).click();
  await log.getByText("line 10000 of the output").waitFor({ state: "detached" });
  expectQuiet();
});
