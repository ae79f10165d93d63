import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterEach(() => browser.close());
afterAll(() => daemon.dispose());

const paper = "getComputedStyle(document.documentElement).backgroundColor";

test("the theme: follows the system until somebody chooses, at once and on every page, and there before the first paint", async () => {
  browser = await openBrowser({ colorScheme: "light" });
  const { page, expectQuiet } = await openPage(browser, daemon);
  const light = await page.evaluate(paper);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await page.evaluate(paper);
  expect(dark).not.toBe(light);
  await page.getByLabel("Appearance").click();
  await page.getByRole("radio", { name: "Light" }).check();
  expect(await page.evaluate(paper)).toBe(light);
  await page.getByRole("link", { name: "Settings" }).click();
  // The page before has such a choice as well.
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  expect(await page.getByRole("radio", { name: "Light" }).isChecked()).toBe(true);
  // With nothing of the page but what runs before it.
  await page.route(
    (url) => url.pathname.endsWith(".js") && !url.pathname.endsWith("/boot.js"),
    (route) => route.abort(),
  );
  await page.reload();
  expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
  await page.unrouteAll({ behavior: "wait" });
  await page.reload();
  await page.getByRole("radio", { name: "System" }).check();
  await expect.poll(() => page.evaluate(paper)).toBe(dark);
  expectQuiet(/ERR_FAILED/);
});

test("a skin is a set of tokens: with no other rule, everything on the page follows", async () => {
  browser = await openBrowser();
  await restOf(daemon).create({ working_dir: daemon.folder, name: "In another skin" });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "In another skin" }).waitFor();
  const tokens = {
    "--surface": "rgb(0, 128, 128)",
    "--text": "rgb(1, 2, 3)",
    "--accent": "rgb(0, 0, 128)",
    "--surface-overlay": "rgb(192, 192, 192)",
    "--radius-control": "0px",
    "--radius-overlay": "0px",
    "--font-ui": "monospace",
  };
  const rule = `:root[data-skin="planted"]{${Object.entries(tokens)
    .map(([name, value]) => `${name}:${value}`)
    .join(";")}}`;
  await page.evaluate(`{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(`@layer skins{${rule}}`)});
    document.adoptedStyleSheets = [sheet];
    document.documentElement.dataset.skin = "planted";
  }`);
  const styleOf = (selector: string, property: string): Promise<unknown> =>
    page.evaluate(
      `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue("${property}")`,
    );
  expect(await page.evaluate(paper)).toBe(tokens["--surface"]);
  expect(await styleOf(".row__name", "color")).toBe(tokens["--text"]);
  expect(await styleOf(".row__name", "font-family")).toBe("monospace");
  expect(await styleOf(".thumbbar .button", "border-top-left-radius")).toBe("0px");
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "New session" });
  await dialog.waitFor();
  expect(await styleOf(".dialog__inside, .dialog", "border-top-left-radius")).toBe("0px");
  // Buttons change their colour in a moment, not at once.
  await expect.poll(() => styleOf(".button--primary", "background-color")).toBe(tokens["--accent"]);
  expectQuiet();
});

test("pairing another device: what it may do, its code, and its name once it came in", async () => {
  browser = await openBrowser();
  const { page, expectQuiet } = await openPage(browser, daemon, "/settings");
  await page.getByRole("button", { name: "Pair another device" }).click();
  await page.getByRole("img", { name: "QR code of the pairing link" }).waitFor();
  await page.getByRole("radio", { name: "Read" }).check();
  await page.getByText("Sees sessions and files, changes nothing.").waitFor();
  await page.getByRole("img", { name: "QR code of the pairing link" }).waitFor();
  const code = (await page.locator(".pair__short").textContent()) ?? "";
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const other = await fetch(`${daemon.url}/api/pair`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, kind: "token", name: "A tablet" }),
  });
  expect(other.status).toBe(200);
  await page.getByText("A tablet is paired.").waitFor();
  await page.getByRole("button", { name: "Revoke A tablet" }).waitFor();
  expect((await restOf(daemon).devices()).find(({ name }) => name === "A tablet")?.scope).toBe("read");
  expectQuiet();
});

test("the audit log says who did what, and signing out leads back to the way in", async () => {
  browser = await openBrowser();
  const { page } = await openPage(browser, daemon, "/settings");
  await page.getByRole("button", { name: /Show the last/ }).click();
  await page.getByRole("group", { name: "Audit log" }).getByText("POST /api/pair", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("dialog", { name: "Sign out?" }).getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Pair this device" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Pair this device" }).waitFor();
});
