import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser } from "./harness/browser.ts";
import { asking, fillDashboard } from "./harness/full-dashboard.ts";
import { openPage } from "./harness/web-page.ts";

let full: TestDaemon;
let empty: TestDaemon;
beforeAll(async () => {
  full = await startTestDaemon(asking);
  empty = await startTestDaemon();
});
afterAll(async () => {
  full.model.gates.open("works");
  await Promise.all([full.dispose(), empty.dispose()]);
});

/** No page is wider than its screen, and none keeps people out. */
async function expectFit(page: Page): Promise<void> {
  const root = "document.documentElement";
  expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
  await expectAccessible(page);
}

const looks = (["desktop", "phone"] as const).flatMap((screen) =>
  (["light", "dark"] as const).map((colorScheme) => ({ screen, colorScheme })),
);

describe("pages around sessions", () => {
  test("of every kind", async () => {
    const { works } = await fillDashboard(full);
    expect(works.transcript.status).toBe("live");
  });

  test.each(looks)(
    "$screen, $colorScheme",
    async (look) => {
      const browser = await openBrowser(look);
      const stranger = await browser.context.newPage();
      await stranger.goto(`${full.url}/session/some-session`);
      await stranger.getByRole("heading", { name: "Pair this device" }).waitFor();
      await expectFit(stranger);

      const nothing = await openPage(browser, empty);
      await nothing.page.getByRole("heading", { name: "What should pi work on?" }).waitFor();
      await expectFit(nothing.page);
      await browser.context.clearCookies();

      const { page, expectQuiet } = await openPage(browser, full);
      await page.getByRole("main").getByRole("button", { name: "Yes" }).waitFor();
      await page.getByRole("button", { name: /^Archived/ }).click();
      await page.getByRole("link", { name: /Which harbours/ }).waitFor();
      await expectFit(page);
      await page.getByLabel("More actions: Keyboard access to the map").click();
      await expectFit(page);
      await page.getByRole("button", { name: "Close", exact: true }).click();
      await page.getByRole("dialog", { name: /^Close/ }).waitFor();
      await expectFit(page);
      await page.keyboard.press("Escape");
      await page.getByLabel("Appearance").click();
      await expectFit(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Settings for .*quay-web/ }).click();
      await page.getByRole("dialog").getByLabel("Set-up").waitFor();
      await expectFit(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Pair a phone" }).click();
      await page.getByRole("img", { name: /^QR code/ }).waitFor();
      await expectFit(page);
      await page.keyboard.press("Escape");
      await page.getByRole("searchbox").fill("no session has these words");
      await page.getByText(/^No open session has/).waitFor();
      await expectFit(page);
      await page.goto(`${full.url}/?new`);
      const form = page.getByRole("dialog", { name: "New session" });
      await form.getByLabel("Its own worktree").check();
      await form.getByRole("button", { name: /^Model/ }).click();
      await form.getByRole("option", { name: /demo-reasoning/ }).waitFor();
      await expectFit(page);
      await page.goto(`${full.url}/settings`);
      await page.getByRole("button", { name: "Pair another device" }).click();
      await page.getByRole("img", { name: /^QR code/ }).waitFor();
      await page.getByRole("button", { name: /^Show the last/ }).click();
      await page.getByRole("group", { name: "Audit log" }).getByRole("row").nth(1).waitFor();
      await expectFit(page);
      await page.goto(`${full.url}/session/nothing-here`);
      await page.getByRole("heading", { name: "This session is not there" }).waitFor();
      await expectFit(page);
      expectQuiet();
      await page.goto(`${full.url}/no/such/page`);
      await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
      await expectFit(page);
      await browser.close();
    },
    180_000,
  );
});
