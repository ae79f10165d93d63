import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { iconFiles } from "./harness/icon-files.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
beforeEach(async () => {
  browser = await openBrowser();
});
afterEach(async () => {
  await browser.close();
  // A test that failed may have left it away.
  await daemon.kill();
  await daemon.start();
});
afterAll(() => daemon.dispose());

interface Manifest {
  start_url: string;
  scope: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}

/** Waits until this browser keeps the page. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(
    "navigator.serviceWorker.controller || new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', () => taken(1)))",
  );
}

test("the manifest: the browser finds nothing wrong with it, and could install the page", async () => {
  const { page, expectQuiet } = await openPage(browser, daemon);
  await untilKept(page);
  const devtools = await browser.context.newCDPSession(page);
  const { errors, url, data } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { start_url, scope, icons } = JSON.parse(data ?? "") as Manifest;
  expect([start_url, scope].map((address) => new URL(address, url).href)).toEqual([`${daemon.url}/`, `${daemon.url}/`]);
  expect((await devtools.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
  const wanted = icons.map(({ sizes, purpose = "any" }) => `${sizes} ${purpose}`);
  expect(wanted).toEqual(["192x192 any", "512x512 any", "512x512 maskable"]);
  expect(icons.map(({ src }) => src).every((src) => iconFiles.some(({ name }) => name === src))).toBe(true);
  expectQuiet();
});

test.each(iconFiles)("$name, is a picture of its size", async ({ name, size }) => {
  const answer = await fetch(`${daemon.url}/${name}`);
  expect(answer.headers.get("content-type")).toBe("image/png");
  const picture = Buffer.from(await answer.arrayBuffer());
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([size, size]);
});

test("the browser's own bars have the colour of the page, as the system or as the person chose", async () => {
  const { page, expectQuiet } = await openPage(browser, daemon, "/settings");
  const colour = (scheme: string): Promise<string> =>
    page.evaluate(`document.querySelector('meta[name="theme-color"][media*="${scheme}"]').content`);
  const surface = (): Promise<string> => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  expect([await colour("light"), await colour("dark")]).toEqual(["#f9f7f4", "#181614"]);
  const light = await surface();
  await page.getByRole("radiogroup", { name: "Theme" }).getByText("Dark").click();
  await expect.poll(surface).not.toBe(light);
  expect([await colour("light"), await colour("dark")]).toEqual([await surface(), await surface()]);
  expectQuiet();
});

test("the daemon is away: a reload shows the kept page, which says so and comes back with the daemon", async () => {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, name: "Goes on" });
  const { page } = await openPage(browser, daemon);
  await untilKept(page);
  await daemon.kill();
  for (const address of ["/", "/settings", `/session/${id}`]) {
    await page.goto(daemon.url + address);
    await page.getByRole("heading", { name: "Pier does not answer" }).waitFor();
  }
  await expectAccessible(page);
  await daemon.start();
  await page.getByRole("heading", { name: "Goes on" }).waitFor();
});

test("without a network: the kept page says that this device is offline, until it is not", async () => {
  const { page } = await openPage(browser, daemon, "/settings");
  await page.getByText("this device").waitFor();
  await untilKept(page);
  await daemon.kill();
  await page.reload();
  await page.getByRole("heading", { name: "Pier does not answer" }).waitFor();
  await browser.context.setOffline(true);
  await page.getByRole("heading", { name: "You are offline" }).waitFor();
  await expectAccessible(page);
  await daemon.start();
  await browser.context.setOffline(false);
  await page.getByText("this device").waitFor();
});

test("what is kept, is the page alone: nothing of a session, no answer of the daemon", async () => {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, name: "Private" });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await untilKept(page);
  await page.reload();
  await page.getByRole("link", { name: "Private" }).click();
  await page.waitForURL(new RegExp(id));
  await page.getByLabel("Message pi").waitFor();
  const kept = await page.evaluate<string[]>(
    "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys())))).then((all) => all.flat().map(({ url }) => new URL(url).pathname))",
  );
  expect(kept).toContain("/");
  expect(kept.filter((path) => !/^\/(_app\/immutable\/.+|[\w-]+\.(js|svg|png|webmanifest))?$/.test(path))).toEqual([]);
  const answer = await page.evaluate<string>("fetch('/').then((page) => page.text())");
  expect(answer).not.toContain("Private");
  expectQuiet();
});
