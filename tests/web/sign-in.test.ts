import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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
