import type { Attachment } from "@pier/client";
import { script } from "@pier/demo-model";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openSession, play, settled, until, untilSaid } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type Screen, type TestBrowser } from "./harness/browser.ts";
import { drawn, fromEnd, heightOf, still, topOf, toTop } from "./harness/places.ts";
import { assistant, call, result, savedSession, text, user } from "./harness/saved-session.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
const browsers = {} as Record<Screen, TestBrowser>;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browsers.desktop = await openBrowser();
  await browsers.desktop.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: daemon.url });
  browsers.phone = await openBrowser({ screen: "phone" });
});
afterAll(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await daemon.dispose();
});

async function open(
  session: string,
  screen: Screen = "desktop",
): Promise<{ page: Page; log: Locator; latest: Locator }> {
  const { page, expectQuiet } = await openPage(browsers[screen], daemon, `/session/${session}`);
  onTestFinished(async () => {
    expectQuiet();
    await page.close();
  });
  const log = page.getByRole("log");
  await drawnAsMarkdown(log);
  return { page, log, latest: page.getByRole("button", { name: /^Latest/ }) };
}

/** Waits until answers are as high as they will be: they can be read before what draws them as Markdown is there. */
async function drawnAsMarkdown(log: Locator): Promise<void> {
  await log.locator(".prose").first().waitFor();
  await log.locator(".prose p.plain").first().waitFor({ state: "detached" });
}

/** Waits until a person's movement up is over; Latest is there when it begins. */
async function movedUp(log: Locator): Promise<void> {
  await expect.poll(() => fromEnd(log)).toBeGreaterThan(1);
  await still(log);
}

/** What an answer begins with; the script that made it holds the same words. */
const said = (log: Locator, beginning: string): Locator => log.getByText(new RegExp(`^${beginning}`));

const words = (count: number): string => "some words that fill the line ".repeat(count);

/** A session with some screens behind it and a turn that says something, waits at gates and goes on each time. */
async function streaming(gates: readonly string[]): Promise<Attachment> {
  const session = await openSession(daemon);
  for (let turn = 0; turn < 6; turn++) await play(session, [{ text: `Turn ${turn}. ${words(40)}` }]);
  const parts = gates.flatMap((gate) => [{ gate }, { tokens: 200 }, { text: `\n\nAfter ${gate}. ` }]);
  await session.prompt(script([{ text: `It begins. ${words(10)}` }, ...parts]));
  await untilSaid(session, "It begins.");
  return session;
}

async function goOn(session: Attachment, gate: string): Promise<void> {
  daemon.model.gates.open(gate);
  await until(session, gate, () => {
    const { live, items } = session.transcript;
    return JSON.stringify(live.message ?? items.at(-1)).includes(`After ${gate}.`);
  });
}

const ways: [string, Screen, (page: Page, log: Locator) => Promise<void>][] = [
  ["the wheel", "desktop", (page, log) => log.hover().then(() => page.mouse.wheel(0, -60))],
  ["a key", "desktop", (page, log) => log.focus().then(() => page.keyboard.press("ArrowUp"))],
  ["a finger that hardly moves", "phone", (page) => drag(page, 30)],
];

/** Drags with a finger, slowly: a few px with each frame. */
async function drag(page: Page, distance: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove", y: number) =>
    devtools.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x: 190, y }] });
  await touch("touchStart", 300);
  for (let moved = 2; moved <= distance; moved += 2) await touch("touchMove", 300 + moved);
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test.each(ways)(
  "%s, while an answer streams: it is not followed any more, and what is read stays",
  async (way, screen, move) => {
    const gates = [`first-${way.length}`, `second-${way.length}`];
    const session = await streaming(gates);
    const { page, log, latest } = await open(session.session, screen);
    await said(log, "It begins.").waitFor();
    await expect.poll(() => fromEnd(log)).toBeLessThanOrEqual(1);
    expect(await latest.count()).toBe(0);
    await move(page, log);
    await latest.waitFor();
    await movedUp(log);
    const read = said(log, "Turn 5.");
    const before = await topOf(read);
    const height = await heightOf(log);
    await goOn(session, gates[0] as string);
    await expect.poll(() => heightOf(log)).toBeGreaterThan(height);
    await drawn(page);
    expect(Math.abs((await topOf(read)) - before)).toBeLessThanOrEqual(1);
    await latest.click();
    await latest.waitFor({ state: "detached" });
    await said(log, `After ${gates[0]}.`).waitFor();
    await goOn(session, gates[1] as string);
    await said(log, `After ${gates[1]}.`).waitFor();
    await settled(session);
    await expect.poll(() => fromEnd(log)).toBeLessThanOrEqual(1);
    expect(await latest.count()).toBe(0);
  },
);

test("Latest, counts the messages that came meanwhile; reaching the end by hand does the same as pressing it", async () => {
  const session = await openSession(daemon);
  for (let turn = 0; turn < 4; turn++) await play(session, [{ text: `Turn ${turn}. ${words(60)}` }]);
  const { page, log, latest } = await open(session.session);
  await said(log, "Turn 3.").waitFor();
  await log.hover();
  await page.mouse.wheel(0, -400);
  await page.getByRole("button", { name: "Latest", exact: true }).waitFor();
  await play(session, [{ text: "One more." }]);
  await page.getByRole("button", { name: "Latest (2)" }).waitFor();
  await play(session, [{ text: "Another." }]);
  await page.getByRole("button", { name: "Latest (4)" }).waitFor();
  await log.hover();
  await page.mouse.wheel(0, 5_000);
  await latest.waitFor({ state: "detached" });
  await log.getByText("Another.", { exact: true }).waitFor();
  await play(session, [{ text: "The last one." }]);
  await log.getByText("The last one.", { exact: true }).waitFor();
  await expect.poll(() => fromEnd(log)).toBeLessThanOrEqual(1);
});

test("a line that opens, stays under the pointer, also at the end and with an answer below it", async () => {
  const session = await savedSession(daemon, [
    user("Look."),
    ...Array.from({ length: 30 }, (_, at) => [
      assistant(call(`c${at}`, "bash", { command: `echo ${at}` })),
      result(`c${at}`, "bash", `output ${at}`),
    ]).flat(),
    assistant(text(`Looked. ${words(20)}`)),
  ]);
  const { page, log, latest } = await open(session);
  const fold = log.locator("summary", { hasText: "Worked" });
  const before = await topOf(fold);
  await fold.click();
  await log.getByText("echo 3", { exact: true }).waitFor();
  await drawn(page);
  expect(Math.abs((await topOf(fold)) - before)).toBeLessThanOrEqual(1);
  const step = log.locator("summary", { hasText: "echo 3" }).first();
  const at = await topOf(step);
  await step.click();
  await log.getByText("output 3", { exact: true }).waitFor();
  await drawn(page);
  expect(Math.abs((await topOf(step)) - at)).toBeLessThanOrEqual(1);
  await fold.click();
  await log.getByText("echo 3", { exact: true }).waitFor({ state: "detached" });
  await latest.waitFor({ state: "detached" });
});

/** Run in the page: puts words into the clipboard. */
const copy = (words: string): Promise<void> =>
  (navigator as unknown as { clipboard: { writeText(words: string): Promise<void> } }).clipboard.writeText(words);

test("a long draft that is replaced by another one, also of the same height: the answer is followed as before", async () => {
  const gates = ["draft-first", "draft-second"];
  const session = await streaming(gates);
  const { page, log, latest } = await open(session.session);
  await said(log, "It begins.").waitFor();
  const field = page.getByRole("textbox", { name: "Message pi" });
  const lines = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at}`).join("\n");
  await field.fill(lines(12));
  for (const [turn, count] of [12, 40, 60].entries()) {
    await page.evaluate(copy, lines(count));
    await field.press("Control+a");
    await field.press("Control+v");
    await drawn(page);
    await expect.poll(() => fromEnd(log)).toBeLessThanOrEqual(1);
    expect(await latest.count()).toBe(0);
    const gate = gates[turn];
    if (gate === undefined) continue;
    await goOn(session, gate);
    await said(log, `After ${gate}.`).waitFor();
  }
  await expect.poll(() => fromEnd(log)).toBeLessThanOrEqual(1);
  await settled(session);
});

test("a field that becomes lower until the end is seen, takes Latest away", async () => {
  const session = await openSession(daemon);
  for (let turn = 0; turn < 4; turn++) await play(session, [{ text: `Turn ${turn}. ${words(60)}` }]);
  const { page, log, latest } = await open(session.session);
  await said(log, "Turn 3.").waitFor();
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.fill("line\n".repeat(12));
  await log.hover();
  await page.mouse.wheel(0, -60);
  await latest.waitFor();
  await movedUp(log);
  await field.fill("");
  await latest.waitFor({ state: "detached" });
  expect(await fromEnd(log)).toBeLessThanOrEqual(1);
});

/** The words of the first message of a person that is in view as a whole. */
async function firstSeen(log: Locator): Promise<string> {
  const top = await topOf(log);
  for (const article of await log.getByRole("article", { name: /^You/ }).all()) {
    if ((await topOf(article)) >= top) return article.innerText();
  }
  throw new Error("No message is in view.");
}

test("a window that becomes narrower, keeps what is read at the upper edge", async () => {
  const session = await savedSession(
    daemon,
    Array.from({ length: 60 }, (_, at) => [
      user(`Question ${at}.`),
      assistant(text(`Answer ${at}. ${words(at % 30)}`)),
    ]).flat(),
  );
  const { page, log, latest } = await open(session);
  await log.getByText("Answer 59.").waitFor();
  await log.hover();
  for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, -700);
  await latest.waitFor();
  await movedUp(log);
  const top = await topOf(log);
  const question = await firstSeen(log);
  const same = log.getByText(question, { exact: true });
  const before = (await topOf(same)) - top;
  await page.setViewportSize({ width: 800, height: 900 });
  await drawn(page);
  const after = (await topOf(same)) - (await topOf(log));
  // The row at the edge itself may have become higher by some lines.
  expect(Math.abs(after - before)).toBeLessThan(400);
  await expect.poll(() => log.getByText(question, { exact: true }).isVisible()).toBe(true);
});

test("a session that is opened again: where this browser left off, within a pixel; at the end when it was left there", async () => {
  const session = await savedSession(
    daemon,
    Array.from({ length: 600 }, (_, at) => [
      user(`Question ${at}.`),
      assistant(text(`Answer ${at}. ${words(at % 30)}`)),
    ]).flat(),
  );
  const first = await open(session);
  await first.log.getByText("Answer 599.").waitFor();
  // Far enough that an older page is needed to come back.
  for (let page = 0; page < 2; page++) {
    const height = await heightOf(first.log);
    await toTop(first.log);
    await expect.poll(() => heightOf(first.log)).toBeGreaterThan(height);
  }
  await still(first.log);
  const back = first.log.getByText(await firstSeen(first.log), { exact: true });
  const before = await topOf(back);
  await first.page.reload();
  await back.waitFor();
  await drawnAsMarkdown(first.log);
  await still(first.log);
  expect(Math.abs((await topOf(back)) - before)).toBeLessThanOrEqual(1);
  await first.latest.click();
  await first.log.getByText("Answer 599.").waitFor();
  // Within the page, over the list, as well.
  await first.page.getByRole("link", { name: /^All sessions/ }).click();
  await first.page.waitForURL(`${daemon.url}/`);
  await first.page.goBack();
  await first.log.getByText("Answer 599.").waitFor();
  await expect.poll(() => fromEnd(first.log)).toBeLessThanOrEqual(1);
});
