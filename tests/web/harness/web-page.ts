import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { TestDaemon } from "../../harness/test-daemon.ts";
import type { TestBrowser } from "./browser.ts";
import { pairingLink } from "./pairing-link.ts";

/** A page of the web interface, and what its console said. */
export interface WebPage {
  readonly page: Page;
  /** Errors of the console, uncaught ones and requests to other hosts so far. */
  readonly errors: string[];
  /** Fails when the page had an error that was not foreseen. */
  expectQuiet(allowed?: RegExp): void;
}

/** Opens an address of the daemon; a browser that is not paired yet is paired first, by a link as `pier pair` prints it. */
export async function openPage(
  browser: TestBrowser,
  daemon: Pick<TestDaemon, "url" | "token">,
  path = "/",
): Promise<WebPage> {
  const page = await browser.context.newPage();
  const errors: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error") errors.push(`${line.text()} (${line.location().url})`);
  });
  // 19. No request leaves the machine: whoever the page asks is the daemon.
  page.on("request", (request) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && new URL(url).host !== new URL(daemon.url).host) errors.push(`asked ${url}`);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  const cookies = await browser.context.cookies(daemon.url);
  if (cookies.length === 0) {
    await page.goto(await pairingLink(daemon));
    await page.getByRole("banner").waitFor();
  }
  if (cookies.length > 0 || path !== "/") await page.goto(daemon.url + path);
  return {
    page,
    errors,
    expectQuiet(allowed) {
      expect(errors.filter((error) => !allowed?.test(error))).toEqual([]);
    },
  };
}
