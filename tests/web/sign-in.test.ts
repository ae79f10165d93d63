import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSession, restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { pairingLink } from "./harness/pairing-link.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterEach(() => browser.close());
afterAll(() => daemon.dispose());

test("pairing link, opened: signs in, and the secret is nowhere in the address or the history", async () => {
  browser = await openBrowser();
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("banner").waitFor();
  expect(page.url()).toBe(`${daemon.url}/`);
  expectQuiet(/401/);
});

test("an address opened without a credential: the way in is there, and afterwards one is where one wanted to go", async () => {
  browser = await openBrowser({ screen: "phone" });
  const page = await browser.context.newPage();
  await page.goto(`${daemon.url}/settings`);
  await page.getByRole("heading", { name: "Pair this device" }).waitFor();
  await page.getByLabel("Pairing code").fill("AAAA-AAAA");
  await page.getByRole("button", { name: "Pair" }).click();
  await page.getByRole("alert").filter({ hasText: /code/i }).waitFor();
  const secret = (await pairingLink(daemon)).split("#pair=")[1] ?? "";
  await page.goto(`${daemon.url}/settings#pair=${secret}`);
  await page.reload();
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  expect(page.url()).toBe(`${daemon.url}/settings`);
});

test("access that is revoked while a session is open: the way in and why, and then the session again", async () => {
  browser = await openBrowser();
  const session = await openSession(daemon, { name: "Kept in view" });
  const rest = restOf(daemon);
  const before = new Set((await rest.devices()).map(({ id }) => id));
  const { page } = await openPage(browser, daemon, `/session/${session.session}`);
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  const device = (await rest.devices()).find(({ id }) => !before.has(id));
  await rest.revoke(device?.id ?? "");
  await page.getByRole("heading", { name: "Pair this device" }).waitFor();
  await page.getByText("This device is not paired any more").waitFor();
  await page.getByText("pier pair").waitFor();
  expect(page.url()).toBe(`${daemon.url}/session/${session.session}`);
  const { code } = await rest.mintPairing("prompt");
  await page.getByLabel("Pairing code").fill(code.toLowerCase());
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  expect(page.url()).toBe(`${daemon.url}/session/${session.session}`);
  await page.getByRole("button", { name: "Kept in view" }).waitFor();
});

test("a credential that is gone from the browser: the next request says so, nothing is shown to nobody", async () => {
  browser = await openBrowser();
  await openSession(daemon, { name: "Not for everybody" });
  const { page } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "Not for everybody" }).waitFor();
  await browser.context.clearCookies();
  await page.getByRole("searchbox").fill("everybody");
  await page.getByRole("heading", { name: "Pair this device" }).waitFor();
  expect(await page.getByText("Not for everybody").count()).toBe(0);
});

test("a device that may only read: sees everything, and no action that it may not take", async () => {
  browser = await openBrowser();
  const session = await openSession(daemon, { name: "To be read" });
  const closed = await openSession(daemon, { name: "Closed, to be read" });
  const rest = restOf(daemon);
  await rest.kill(closed.session);
  const { code } = await rest.mintPairing("read");
  const page = await browser.context.newPage();
  await page.goto(`${daemon.url}/`);
  await page.getByLabel("Pairing code").fill(code);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "To be read", exact: true }).waitFor();
  await page.getByRole("button", { name: /^Archived/ }).click();
  await page.getByRole("link", { name: "Closed, to be read" }).waitFor();
  const actions = /new session|archive:|close:|more actions|resume|rename|delete|settings for|pair|mark as read|reply/i;
  expect(await page.getByRole("button", { name: actions }).count()).toBe(0);
  expect(await page.getByRole("link", { name: actions }).count()).toBe(0);
  await page.keyboard.press("n");
  await page.goto(`${daemon.url}/?new`);
  await page.getByRole("link", { name: "To be read", exact: true }).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
  await page.getByRole("link", { name: "To be read", exact: true }).click();
  await page.waitForURL(new RegExp(session.session));
  await page.getByRole("button", { name: "Session actions" }).or(page.getByLabel("Session actions")).first().waitFor();
  expect(await page.getByRole("textbox", { name: "Message pi" }).count()).toBe(0);
  await page.goto(`${daemon.url}/session/${closed.session}`);
  await page.getByText("This device may only look.").waitFor();
  expect(await page.getByRole("button", { name: /resume/i }).count()).toBe(0);
  await page.goto(`${daemon.url}/settings`);
  await page.getByText("may read").waitFor();
  expect(await page.getByRole("button", { name: /revoke|pair|audit|show the last/i }).count()).toBe(0);
});

test("the daemon is gone and comes back: said after a while, what was listed stays, and it goes on by itself", async () => {
  browser = await openBrowser();
  const { page } = await openPage(browser, daemon);
  await openSession(daemon, { name: "Still here" });
  await page.getByRole("link", { name: "Still here" }).waitFor();
  await daemon.stop();
  await page.getByText("Reconnecting…").waitFor();
  expect(await page.getByRole("link", { name: "Still here" }).isVisible()).toBe(true);
  await daemon.start();
  const reconnected = page.getByText("Reconnecting…").waitFor({ state: "detached" });
  // The page tries by itself as well, and may be quicker than who presses.
  await Promise.any([page.getByRole("button", { name: "Try now" }).click(), reconnected]);
  await reconnected;
  await restOf(daemon).create({ working_dir: daemon.folder, name: "After it" });
  await page.getByRole("link", { name: "After it" }).waitFor();
});

test("a page that is opened while the daemon is gone says so, and works once it is back", async () => {
  browser = await openBrowser();
  const { page } = await openPage(browser, daemon);
  await page.route("**/api/me", (route) => route.abort());
  await page.reload();
  await page.getByRole("heading", { name: "Pier does not answer" }).waitFor();
  await page.unroute("**/api/me");
  const works = page.getByRole("searchbox").waitFor();
  // The page tries by itself as well, and may be quicker than who presses.
  await Promise.any([page.getByRole("button", { name: "Try again" }).click(), works]);
  await works;
});

test("without JavaScript: a sentence instead of a blank page", async () => {
  browser = await openBrowser({ javaScript: false });
  const page = await browser.context.newPage();
  await page.goto(`${daemon.url}/`);
  // Where there are no scripts, what is in here is part of the page.
  const words = page.locator("noscript p");
  await words.waitFor();
  expect(await words.textContent()).toContain("This page needs JavaScript.");
});

test("a browser without modules, and a page whose parts do not come: a sentence instead of a blank page", async () => {
  browser = await openBrowser();
  const isPart = (url: URL): boolean => url.pathname.endsWith(".js") && !url.pathname.endsWith("/boot.js");
  const old = await browser.context.newPage();
  // It knows nothing of modules, so it runs none.
  await old.addInitScript("delete HTMLScriptElement.prototype.noModule;");
  await old.route(isPart, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await old.goto(`${daemon.url}/`);
  await old.getByText("This browser is too old for Pier's page").waitFor();
  const torn = await browser.context.newPage();
  await torn.route(isPart, (route) => route.abort());
  await torn.goto(`${daemon.url}/`);
  await torn.getByText("A part of Pier's page could not be loaded.").waitFor();
});
