import type { Attachment } from "@pier/client";
import { script } from "@pier/demo-model";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startLossyProxy } from "../harness/lossy-proxy.ts";
import { seeded } from "../harness/random.ts";
import { messagesOf, openSession, play, settled, textsOf, until, untilSaid } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, conversation } from "../tui/client.ts";
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

/** Errors of the console that a lost connection makes by itself. */
const lost = /WebSocket|Failed to load resource|ERR_/;

async function open(session: Attachment): Promise<{ page: Page; log: Locator }> {
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  onTestFinished(async () => {
    expectQuiet(lost);
    await page.close();
  });
  const log = page.getByRole("log");
  await log.waitFor();
  await watchForGaps(page);
  return { page, log };
}

/** From here on it is noticed when the transcript goes away or is empty, however briefly. */
async function watchForGaps(page: Page): Promise<void> {
  await page.locator(".entry").first().waitFor();
  await page.evaluate(`{
    const log = document.querySelector('[role="log"]');
    globalThis.gaps = 0;
    const look = () => {
      if (!log.isConnected || log.querySelector(".entry") === null) globalThis.gaps++;
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  }`);
}

const gapsOf = (page: Page): Promise<number> => page.evaluate<number>("gaps");

/** What pi answered, as far as it is drawn: none of the answers here is longer than a paragraph. */
async function answersOn(log: Locator): Promise<string[]> {
  const paragraphs = await log.locator(".turn .entry p").allInnerTexts();
  return paragraphs.map((words) => words.trim()).filter((words) => /^(Begun|w0)/.test(words));
}

const answersOf = (session: Attachment): string[] =>
  textsOf(messagesOf(session), "assistant").map((text) => text.trim());

/** Waits until the answers that are drawn, down to the last, are those of a client that was never disturbed. */
async function expectWhole(log: Locator, session: Attachment): Promise<void> {
  const isWhole = async (): Promise<boolean> => {
    const drawn = await answersOn(log);
    return drawn.length > 0 && JSON.stringify(drawn) === JSON.stringify(answersOf(session).slice(-drawn.length));
  };
  await expect.poll(isWhole, { timeout: 30_000 }).toBe(true);
}

const online = 'dispatchEvent(new Event("online"))';

/** The page as a person makes it try again at once, who would not wait. */
function impatient(page: Page): () => void {
  const timer = setInterval(() => void page.evaluate(online).catch(() => {}), 100);
  return () => clearInterval(timer);
}

const cuts = 25;

test(`a connection that is cut ${cuts} times in mid-word: every answer is there once, and whole`, async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  let mayCut = false;
  const port = Number(new URL(daemon.url).port);
  const proxy = await startLossyProxy({ port, random: seeded(11), cuts, mayCut: () => mayCut });
  const page = await browser.context.newPage();
  try {
    await openPage(browser, daemon).then((paired) => paired.page.close());
    await page.goto(`${proxy.url}/session/${session.session}`);
    const log = page.getByRole("log");
    await log.getByText("Begun.", { exact: true }).waitFor();
    await watchForGaps(page);
    mayCut = true;
    const stop = impatient(page);
    while (proxy.cut < cuts) await play(session, [{ tokens: 150, delay: 2 }]);
    await expectWhole(log, session);
    stop();
    expect(await gapsOf(page)).toBe(0);
  } finally {
    await page.close();
    await proxy.close();
  }
});

test("a network that is gone for a while: the answer goes on where it was, without a gap", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  const { page, log } = await open(session);
  await session.prompt(script([{ tokens: 50 }, { gate: "away" }, { tokens: 50 }, { gate: "back" }, { tokens: 50 }]));
  await log.getByText(/^w0 .*w49/).waitFor();
  // What is open stays open in Chromium's own way of being offline: the socket goes with a suspended page.
  await browser.context.setOffline(true);
  daemon.model.gates.open("away");
  await daemon.model.gates.waitForArrival("back");
  await browser.context.setOffline(false);
  daemon.model.gates.open("back");
  await settled(session);
  await expectWhole(log, session);
  expect(await gapsOf(page)).toBe(0);
});

test("a tab that is frozen while a turn runs: back again, it shows all of it", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  const { page, log } = await open(session);
  await session.prompt(
    script([{ tokens: 20 }, { gate: "frozen" }, { tokens: 3_000 }, { gate: "thaw" }, { tokens: 20 }]),
  );
  await log.getByText(/^w0 .*w19/).waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  daemon.model.gates.open("frozen");
  await daemon.model.gates.waitForArrival("thaw");
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  daemon.model.gates.open("thaw");
  await settled(session);
  await expectWhole(log, session);
  expect(await gapsOf(page)).toBe(0);
});

test("a daemon that is killed in mid-turn and started again: the page keeps what it shows and catches up", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  const { page, log } = await open(session);
  const gates = ["kill-1", "kill-2", "kill-3"];
  await session.prompt(script([{ tokens: 30 }, ...gates.flatMap((gate) => [{ gate }, { tokens: 300, delay: 1 }])]));
  await log.getByText(/^w0 .*w29/).waitFor();
  for (const gate of gates) {
    await daemon.model.gates.waitForArrival(gate);
    daemon.model.gates.open(gate);
    await untilSaid(session, "w29");
    await daemon.kill();
    expect(await log.getByText(/^w0 .*w29/).count()).toBe(1);
    await daemon.start();
    await page.evaluate(online);
    await until(session, "the present", () => session.transcript.caughtUp);
  }
  await settled(session);
  const stop = impatient(page);
  await expectWhole(log, session);
  stop();
  expect(await gapsOf(page)).toBe(0);
});

test("a lost connection, is said after three seconds and no sooner, and no longer than it lasts", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  const page = await browser.context.newPage();
  await page.clock.install();
  const socket = page.waitForEvent("websocket");
  await page.goto(`${daemon.url}/session/${session.session}`);
  await page.getByRole("log").getByText("Begun.", { exact: true }).waitFor();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  const gone = (await socket).waitForEvent("close");
  await daemon.kill();
  await gone;
  const banner = page.getByText("Reconnecting…");
  // The page was told of the close before this answer is given.
  await page.evaluate("0");
  await page.clock.runFor(2_500);
  expect(await banner.count()).toBe(0);
  await page.clock.runFor(1_000);
  await banner.waitFor();
  await daemon.start();
  // Before its clock goes on, with which the page tries by itself.
  await page.getByRole("button", { name: "Try now" }).click();
  await page.clock.resume();
  await banner.waitFor({ state: "detached" });
  await page.close();
});

test("offline, the browser says: a connection that does not answer is said to be lost after three seconds", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  const page = await browser.context.newPage();
  await page.clock.install();
  await page.goto(`${daemon.url}/session/${session.session}`);
  await page.getByRole("log").getByText("Begun.", { exact: true }).waitFor();
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  const banner = page.getByText("Reconnecting…");
  process.kill(daemon.pid, "SIGSTOP");
  try {
    await page.evaluate('addEventListener("offline", () => (globalThis.isOffline = true))');
    await browser.context.setOffline(true);
    await expect.poll(() => page.evaluate("globalThis.isOffline")).toBe(true);
    await page.clock.runFor(2_500);
    expect(await banner.count()).toBe(0);
    await page.clock.runFor(600);
    await banner.waitFor();
  } finally {
    process.kill(daemon.pid, "SIGCONT");
    await browser.context.setOffline(false);
  }
  await page.clock.resume();
  await banner.waitFor({ state: "detached" });
  await page.close();
});

test("two browsers and a terminal on one session: all show the same", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Begun." }]);
  const other = await openBrowser({ screen: "phone" });
  try {
    const { page, log } = await open(session);
    const phone = await openPage(other, daemon, `/session/${session.session}`);
    const terminal = await attachedTo(daemon, session.session);
    await page.getByLabel("Message pi").fill(script([{ text: "Begun again, from the browser." }]));
    await page.keyboard.press("Enter");
    await settled(session, 3);
    await terminal.shows(/Begun again, from the browser\./);
    terminal.enter(script([{ tool: "bash", args: { command: "echo said" } }, { text: "Begun in the terminal." }]));
    await settled(session, 5);
    const phoneLog = phone.page.getByRole("log");
    for (const shown of [log, phoneLog]) {
      await shown.getByText("Begun in the terminal.", { exact: true }).waitFor();
      expect(await answersOn(shown)).toEqual(["Begun.", "Begun again, from the browser.", "Begun in the terminal."]);
    }
    // How long a tool ran, older versions of pi do not tell: each page measures it.
    const wordsOf = async (shown: Locator): Promise<string> =>
      (await shown.innerText()).replaceAll(/[\d.]+ m?s\b/g, "").replaceAll(/\s+/g, " ");
    // One of them may still lack what comes with the end of the turn.
    await expect.poll(async () => (await wordsOf(phoneLog)) === (await wordsOf(log))).toBe(true);
    await terminal.shows(/^ *Begun in the terminal\.$/m);
    const rows = conversation(terminal).map((row) => row.trim());
    expect(rows.filter((row) => row.startsWith("Begun"))).toEqual(await answersOn(log));
    phone.expectQuiet();
  } finally {
    await other.close();
  }
});
