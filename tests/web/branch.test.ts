import { script } from "@pier/demo-model";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { messagesOf, openSession, play, restOf, settled, textsOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { pairingLink } from "./harness/pairing-link.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
let web: WebPage;
let page: Page;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
});
afterEach(async () => {
  web.expectQuiet(/401/);
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

async function open(id: string, from = browser): Promise<void> {
  web = await openPage(from, daemon, `/session/${id}`);
  page = web.page;
  await page.getByRole("log").waitFor();
}

const composer = (): Locator => page.getByRole("textbox", { name: "Message pi" });
const message = (words: string): Locator => page.getByRole("article", { name: /^You/ }).filter({ hasText: words });
const branchHere = (words: string): Locator =>
  message(words).locator(".message__branch").filter({ hasText: "Branch from here" });

/** Waits for another session than this one, and returns its id. */
async function elsewhere(id: string): Promise<string> {
  await page.waitForURL((url) => url.pathname.startsWith("/session/") && !url.pathname.endsWith(id));
  return new URL(page.url()).pathname.replace("/session/", "");
}

test("B, offers it at each message; the branch goes on before that one, with its text in the composer, and says where it came from", async () => {
  const session = await openSession(daemon, { name: "The trunk" });
  await play(session, [{ text: "First answer." }]);
  await play(session, [{ text: "Second answer." }]);
  await open(session.session);
  await page.getByText("Second answer.", { exact: true }).waitFor();
  expect(await page.locator(".message__branch").count()).toBe(0);
  await page.getByRole("log").focus();
  await page.keyboard.press("b");
  await branchHere("First answer.").waitFor();
  await page.keyboard.press("b");
  await branchHere("First answer.").waitFor({ state: "hidden" });
  await page.keyboard.press("b");
  await branchHere("Second answer.").click();
  const branched = await elsewhere(session.session);
  await expect.poll(() => composer().inputValue()).toBe(script([{ text: "Second answer." }]));
  await page.getByText("First answer.", { exact: true }).waitFor();
  expect(await page.getByText("Second answer.", { exact: true }).count()).toBe(0);
  expect(await page.locator(".message__branch").count()).toBe(0);
  const record = await restOf(daemon).get(branched);
  expect(record).toMatchObject({ status: "live", parent_piface_id: session.session });
  await page.getByRole("log").getByRole("link", { name: "The trunk" }).click();
  await page.waitForURL(new RegExp(session.session));
  await page.getByText("Second answer.", { exact: true }).waitFor();
  expect(textsOf(messagesOf(session), "assistant")).toEqual(["First answer.", "Second answer."]);
  await page.keyboard.press("t");
  await page.getByRole("option", { name: /branched from here/ }).click();
  await page.waitForURL(new RegExp(branched));
});

test("a message that was said on this page, is branched from beside its bubble", async () => {
  const session = await openSession(daemon);
  await open(session.session);
  await composer().fill(`Say it.\n${script([{ text: "It." }])}`);
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("It.", { exact: true }).waitFor();
  await settled(session);
  await message("Say it.").hover();
  await message("Say it.").getByRole("button", { name: "Branch from here" }).click();
  await elsewhere(session.session);
  await expect.poll(() => composer().inputValue()).toContain("Say it.");
});

test("on a phone, it is behind the button beside the bubble", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "On the phone." }]);
  const phone = await openBrowser({ screen: "phone", colorScheme: "dark" });
  await open(session.session, phone);
  await message("On the phone.").getByRole("button", { name: "Message actions" }).tap();
  await page.getByRole("dialog", { name: "Message" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Branch from here" }).tap();
  await elsewhere(session.session);
  await expect.poll(() => composer().inputValue()).toBe(script([{ text: "On the phone." }]));
  web.expectQuiet(/401/);
  await phone.close();
});

test("a device that may only look, and a session that is kept in no file, are offered no branch", async () => {
  const kept = await openSession(daemon);
  await play(kept, [{ text: "Kept." }]);
  const ephemeral = await openSession(daemon, { ephemeral: true });
  await play(ephemeral, [{ text: "Not kept." }]);
  await open(ephemeral.session);
  await message("Not kept.").hover();
  await message("Not kept.").getByRole("button", { name: "Copy message" }).waitFor();
  expect(await page.getByRole("button", { name: "Branch from here" }).count()).toBe(0);
  await page.close();
  const other = await openBrowser();
  const reader = await other.context.newPage();
  await reader.goto(await pairingLink(daemon, "read"));
  await reader.getByRole("banner").waitFor();
  await open(kept.session, other);
  await message("Kept.").hover();
  await message("Kept.").getByRole("button", { name: "Copy message" }).waitFor();
  await page.getByRole("log").focus();
  await page.keyboard.press("b");
  expect(await page.getByRole("button", { name: "Branch from here" }).count()).toBe(0);
  web.expectQuiet(/401/);
  await other.close();
});
