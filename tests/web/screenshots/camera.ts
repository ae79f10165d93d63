import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { TestDaemon } from "../../harness/test-daemon.ts";
import { openBrowser, type Screen, type TestBrowser } from "../harness/browser.ts";
import { openPage } from "../harness/web-page.ts";

const folder = fileURLToPath(new URL("../../../screenshots/", import.meta.url));

export const looks = (["desktop", "phone"] as const).flatMap((screen) =>
  (["light", "dark"] as const).map((colorScheme) => ({ screen, colorScheme })),
);

/** A browser that takes pictures of pages into the ignored folder `screenshots`. */
export interface Camera {
  readonly screen: Screen;
  readonly browser: TestBrowser;
  /** Opens an address of the daemon, paired. */
  open(path: string): Promise<Page>;
  /** Takes `name-screen-scheme.png` once fonts are there and nothing moves. */
  shoot(page: Page, name: string): Promise<void>;
}

export async function openCamera(
  daemon: TestDaemon,
  { screen, colorScheme }: { screen: Screen; colorScheme: "light" | "dark" },
): Promise<Camera> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser({ screen, colorScheme });
  return {
    screen,
    browser,
    async open(path) {
      const { page } = await openPage(browser, daemon, path);
      return page;
    },
    async shoot(page, name) {
      await page.evaluate("document.fonts.ready");
      await page.screenshot({ path: `${folder}${name}-${screen}-${colorScheme}.png`, animations: "disabled" });
    },
  };
}
