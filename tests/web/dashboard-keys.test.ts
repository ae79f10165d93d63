import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, play, restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
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

const focused = "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim()";

/** Moves on with Tab until the focus is on what has a name, as a person does. */
async function tabTo(page: Page, name: string, key = "Tab"): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await page.evaluate(focused)) === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not lead to "${name}".`);
}

test("all of it without a mouse: search, open, rename, archive, resume, delete, start", async () => {
  const session = await openSession(daemon, { name: "By keys" });
  await play(session, [{ text: "Done." }]);
  session.detach();
  await restOf(daemon).create({ working_dir: daemon.folder, name: "Another one" });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "Another one" }).waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("another");
  await page.getByRole("link", { name: "By keys" }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "By keys" }).waitFor();

  await page.keyboard.press("Tab");
  await tabTo(page, "More actions: Another one");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Rename" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByLabel("Name", { exact: true }).waitFor();
  await page.keyboard.type("Renamed by keys");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Renamed by keys" }).waitFor();
  await expect.poll(() => page.evaluate(focused)).toBe("Renamed by keys");

  await tabTo(page, "Archive: Renamed by keys");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Archived 1" }).waitFor();
  await tabTo(page, "Archived 1");
  await page.keyboard.press("Enter");
  await tabTo(page, "More actions: Renamed by keys");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete" }).waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: "Delete “Renamed by keys”?" });
  await question.waitFor();
  // Enter alone must not delete.
  await expect.poll(() => page.evaluate(focused)).toBe("Cancel");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Archived 1" }).waitFor({ state: "detached" });

  await page.keyboard.press("n");
  const form = page.getByRole("dialog", { name: "New session" });
  await form.waitFor();
  await page.keyboard.type("Typed without a mouse");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/session\//);
  await page.getByText("Typed without a mouse").first().waitFor();
  await page.goto(`${daemon.url}/`);
  await page.getByRole("link", { name: "By keys" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(focused)).toBe("Skip to sessions");
  await page.keyboard.press("Enter");
  await tabTo(page, "By keys");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(session.session));
  expectQuiet();
  await page.close();
});
