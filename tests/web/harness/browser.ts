import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

/** Sizes that people have: a laptop and a phone. */
export const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
} as const;

export type Screen = keyof typeof screens;

export interface BrowserOptions {
  screen?: Screen;
  colorScheme?: "light" | "dark";
  /** Whether pages may run scripts; they do without it. */
  javaScript?: boolean;
}

/** A real browser with an empty profile of its own, which talks to nobody but the daemon. */
export interface TestBrowser {
  readonly context: BrowserContext;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

// Beside its sandbox, which root cannot have, these keep Chromium from calling its maker.
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openBrowser({
  screen = "desktop",
  colorScheme = "light",
  javaScript = true,
}: BrowserOptions = {}): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "pier-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.PIER_CHROMIUM ?? "/usr/bin/chromium",
    args: quiet,
    headless: true,
    colorScheme,
    javaScriptEnabled: javaScript,
    locale: "en-GB",
    timezoneId: "UTC",
    ...screens[screen],
  });
  context.setDefaultTimeout(30_000);
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
