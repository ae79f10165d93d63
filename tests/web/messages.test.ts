import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { script } from "@pier/demo-model";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { piAtLeast } from "../harness/pi-under-test.ts";
import { messagesOf, openSession, play, restOf, settled, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { assistant, savedSession, text, user } from "./harness/saved-session.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
let web: WebPage;
let page: Page;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});
afterEach(async () => {
  web.expectQuiet();
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

async function open(id: string): Promise<void> {
  web = await openPage(browser, daemon, `/session/${id}`);
  page = web.page;
  await page.getByRole("log").waitFor();
}

const log = (): Locator => page.getByRole("log");
const mine = (words: string): Locator => page.getByRole("article", { name: /^You/ }).filter({ hasText: words });
const copied = (): Promise<string> =>
  page.evaluate(() => (navigator as unknown as { clipboard: { readText(): Promise<string> } }).clipboard.readText());

test("a person's message is copied as it was typed, an answer as its Markdown, which is shown on request", async () => {
  const session = await openSession(daemon);
  const markdown = "Some **bold** words:\n\n- one\n- two";
  await play(session, [{ text: markdown }]);
  await open(session.session);
  await log().locator("strong", { hasText: "bold" }).waitFor();
  await mine("!demo").hover();
  await mine("!demo").getByRole("button", { name: "Copy message" }).click();
  await expect.poll(copied).toBe(script([{ text: markdown }]));
  await page.getByRole("button", { name: "Copy answer as Markdown" }).click();
  await expect.poll(copied).toBe(markdown);
  const source = page.getByRole("button", { name: "Show Markdown source" });
  await source.click();
  await log().locator(".prose", { hasText: "Some **bold** words:" }).waitFor();
  expect(await source.getAttribute("aria-pressed")).toBe("true");
  await source.click();
  await log().locator("strong", { hasText: "bold" }).waitFor();
});

test("files that went with a message, are files in it: named, with their size, to be had again", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Ready." }]);
  await open(session.session);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  const file = { name: "gauge-march.csv", mimeType: "text/csv", buffer: Buffer.from("time,height\n05:12,4.1\n") };
  await (await chooser).setFiles([file]);
  await page.getByRole("button", { name: "Remove gauge-march.csv" }).waitFor();
  await page.getByRole("textbox", { name: "Message pi" }).fill(`Compare it.\n${script([{ text: "Compared." }])}`);
  await page.getByRole("button", { name: /^Send/ }).click();
  await log().getByText("Compared.", { exact: true }).waitFor();
  const attached = mine("Compare it.").getByRole("link", { name: /gauge-march.csv/ });
  await attached.getByText("22 B").waitFor();
  expect(await mine("Compare it.").textContent()).not.toContain("Attached files");
  const download = page.waitForEvent("download");
  await attached.click();
  expect(readFileSync(await (await download).path(), "utf8")).toBe(file.buffer.toString());
});

test("j, k, g g and G, go from message to message, over what is not loaded yet too", async () => {
  const turns = Array.from({ length: 400 }, (_, at) => [
    user(`Question ${at}.`),
    assistant(text(`Answer ${at}. ${"Word ".repeat(200)}`)),
  ]);
  await open(await savedSession(daemon, turns.flat()));
  await log().getByText("Question 399.").waitFor();
  await log().focus();
  const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent.trim().slice(0, 12)");
  await page.keyboard.press("k");
  await expect.poll(focused).toBe("Answer 399. ");
  await page.keyboard.press("k");
  await expect.poll(focused).toBe("Question 399");
  await page.keyboard.press("k");
  await expect.poll(focused).toBe("Answer 398. ");
  await page.keyboard.press("j");
  await expect.poll(focused).toBe("Question 399");
  await page.keyboard.press("g");
  await page.keyboard.press("g");
  await expect.poll(focused).toBe("Question 0.");
  await log().getByText("The beginning").waitFor();
  await page.keyboard.press("Shift+G");
  await expect.poll(() => page.getByRole("button", { name: /^Latest/ }).count()).toBe(0);
  await log().getByText("Answer 399.").waitFor();
});

test("a session in which nothing was said, says so; so does a closed one", async () => {
  const session = await openSession(daemon);
  await open(session.session);
  await log().getByText("Nothing was said yet").waitFor();
  await expectAccessible(page);
  await restOf(daemon).kill(session.session);
  await log().getByText("Nothing was said in this session").waitFor();
  await page.getByText("This session is closed.").waitFor();
});

/** A session whose pi was killed while it answered its first prompt: nothing of that is in its file. */
async function killed(gate: string) {
  const session = await openSession(daemon);
  const prompt = `Do not lose this, ${gate}.\n${script([{ text: "Half of it" }, { gate }])}`;
  const sent = session.prompt(prompt).catch(() => {});
  await daemon.model.gates.waitForArrival(gate);
  process.kill(session.transcript.info?.pid ?? Number.NaN, "SIGKILL");
  await until(session, "the offer", () => session.transcript.offered.length === 1);
  await sent;
  return { session, prompt };
}

// Newer versions save a user's message at once: then there is nothing to offer.
const savesAtOnce = piAtLeast("0.99.0");

test.skipIf(savesAtOnce)("a prompt that pi did not save before it ended, is offered: sent, it runs once", async () => {
  const { session, prompt } = await killed("offer-send");
  await open(session.session);
  const card = page.getByRole("region", { name: "Not delivered" });
  await card.getByText("Do not lose this, offer-send.").waitFor();
  await expectAccessible(page, ".dock-area");
  await card.getByRole("button", { name: "Send" }).click();
  await daemon.model.gates.waitForArrival("offer-send");
  await card.waitFor({ state: "hidden" });
  daemon.model.gates.open("offer-send");
  await settled(session);
  expect(textsOf(messagesOf(session), "user")).toEqual([prompt]);
});

test.skipIf(savesAtOnce)("an offered prompt that is discarded, is gone", async () => {
  const { session } = await killed("offer-discard");
  await open(session.session);
  const card = page.getByRole("region", { name: "Not delivered" });
  await card.getByRole("button", { name: "Discard" }).click();
  await card.waitFor({ state: "hidden" });
  await until(session, "no offer", () => session.transcript.offered.length === 0);
  await page.reload();
  await log().waitFor();
  expect(await card.count()).toBe(0);
});
