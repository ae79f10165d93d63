import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { attachTo, messagesOf, openSession, play, restOf, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

const extension = fileURLToPath(new URL("../fixtures/extensions/questions.ts", import.meta.url));
let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", extension] });
  browser = await openBrowser();
});
afterEach(async () => {
  const rest = restOf(daemon);
  for (const { id } of await rest.list()) await rest.remove(id, { permanent: true });
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

test("a new session: Enter is enough, and the typed text is its first prompt", async () => {
  const { page } = await openPage(browser, daemon, "/?new");
  await page.getByRole("dialog").getByLabel("What should pi do?").fill("Say what you are.");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/session\//);
  const id = page.url().split("/session/")[1] ?? "";
  expect((await restOf(daemon).get(id)).working_dir).toBe(daemon.folder);
  const session = await attachTo(daemon, id);
  await until(session, "the prompt", () => textsOf(messagesOf(session), "user").includes("Say what you are."));
  await page.close();
});

test("a row: renamed where it stands, archived, found in the archive, resumed", async () => {
  const session = await openSession(daemon, { name: "First name" });
  await play(session, [{ text: "Done." }]);
  const { page, expectQuiet } = await openPage(browser, daemon);
  const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "First name" }) });
  await row.hover();
  await row.getByLabel("More actions").click();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Second name");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Second name" }).hover();
  await page.getByRole("button", { name: "Archive: Second name" }).click();
  await page.getByRole("button", { name: /^Archived/ }).click();
  await page.getByRole("link", { name: "Second name" }).hover();
  await page.getByRole("button", { name: "Resume: Second name" }).click();
  await page.waitForURL(new RegExp(session.session));
  expectQuiet();
  await page.close();
});

test("a question: answered where it stands", async () => {
  const session = await openSession(daemon, { name: "Asks" });
  const answered = session.prompt('/ask [["confirm","Deploy it?","To everybody."]]');
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByText("Deploy it?").waitFor();
  await expect.poll(() => page.title()).toBe("(1) Pier");
  await page.getByRole("button", { name: "Yes" }).click();
  await page.getByRole("heading", { name: /Needs you/ }).waitFor({ state: "detached" });
  await answered;
  expectQuiet();
  await page.close();
});

test("a menu opens where there is room for it", async () => {
  for (let at = 0; at < 10; at++) await restOf(daemon).create({ working_dir: daemon.folder, name: `Session ${at}` });
  const { page } = await openPage(browser, daemon);
  await page.setViewportSize({ width: 1_000, height: 560 });
  await page
    .getByRole("link", { name: /^Session/ })
    .nth(9)
    .waitFor();
  const menus = page.locator(".row .menu > summary");
  const last = await menus.evaluateAll((all) => all.findLastIndex((one) => one.getBoundingClientRect().bottom < 560));
  await menus.nth(last).focus();
  await page.keyboard.press("Enter");
  const panel = await page.locator(".row .menu__panel").boundingBox();
  expect(panel?.y).toBeGreaterThanOrEqual(0);
  expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(560);
  await page.close();
});

test("an address that is none: the page says so, and leads to the list", async () => {
  const { page, expectQuiet } = await openPage(browser, daemon, "/no/such/page");
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  await page.getByRole("link", { name: "All sessions" }).click();
  await page
    .getByRole("link", { name: /New session/ })
    .or(page.getByRole("button", { name: /New session/ }))
    .first()
    .waitFor();
  expectQuiet(/404/);
  await page.close();
});

test("deleting is asked first", async () => {
  await restOf(daemon).create({ working_dir: daemon.folder, name: "To go" });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "To go" }).hover();
  const more = page.getByLabel("More actions: To go");
  await more.click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => more.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  await more.click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: /Delete “To go”/ })
    .getByRole("button", { name: "Delete" })
    .click();
  await page.getByRole("link", { name: "To go" }).waitFor({ state: "detached" });
  // Its pi has ended by then; the rest of it goes a moment later.
  await expect.poll(() => restOf(daemon).list()).toEqual([]);
  expectQuiet();
  await page.close();
});

test("settings: this device is marked, another one is revoked once the person is sure", async () => {
  const { page, expectQuiet } = await openPage(browser, daemon, "/settings");
  await page.getByText("this device").waitFor();
  const rest = restOf(daemon);
  const { code } = await rest.mintPairing("read");
  const other = await fetch(`${daemon.url}/api/pair`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code, kind: "token", name: "An old phone" }),
  });
  expect(other.status).toBe(200);
  await page.reload();
  await page.getByRole("button", { name: "Revoke An old phone" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke An old phone" }).waitFor({ state: "detached" });
  expect((await rest.devices()).map(({ name }) => name)).not.toContain("An old phone");
  expectQuiet();
  await page.close();
});
