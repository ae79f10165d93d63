import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildFolder } from "@pier/web";
import { type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import type { BenchDaemon } from "./bench-daemon.ts";
import { waitUntil } from "./wait-until.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What one page cost from its navigation until it showed what was waited for. */
export interface PageCost {
  ms: number;
  /** Bytes of JS and CSS, gzip as the build made them. */
  code: number;
  /** Bytes that came over the WebSocket. */
  frames: number;
  /** Elements of the page. */
  nodes: number;
}

/** A browser that is paired with a daemon. Chromium of the system, or `PIER_CHROMIUM`. */
export class BenchBrowser {
  readonly #profile: string;
  readonly #context: BrowserContext;
  readonly #daemon: BenchDaemon;

  private constructor(profile: string, context: BrowserContext, daemon: BenchDaemon) {
    this.#profile = profile;
    this.#context = context;
    this.#daemon = daemon;
  }

  static async open(daemon: BenchDaemon): Promise<BenchBrowser> {
    const profile = mkdtempSync(join(tmpdir(), "pier-bench-browser-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.PIER_CHROMIUM ?? "/usr/bin/chromium",
      args: quiet,
      viewport: { width: 1440, height: 900 },
      // The first visit is what is measured, not what a service worker kept.
      serviceWorkers: "block",
    });
    const browser = new BenchBrowser(profile, context, daemon);
    const page = await context.newPage();
    await page.goto(`${daemon.url}/#pair=${await daemon.pairingSecret()}`);
    await page.getByRole("banner").waitFor();
    await page.close();
    return browser;
  }

  /** Opens an address in a page of its own and waits until it shows `text`. */
  async show(path: string, text: RegExp): Promise<{ page: Page; cost: PageCost }> {
    const page = await this.#context.newPage();
    const session = await this.#context.newCDPSession(page);
    let frames = 0;
    const code = new Set<string>();
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    session.on("Network.webSocketFrameReceived", ({ response }) => (frames += response.payloadData.length));
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (/\.(js|css)$/.test(pathname)) code.add(pathname);
    });
    const watch = readFileSync(new URL("../page/watch-text.js", import.meta.url), "utf8");
    await page.addInitScript(`globalThis.wanted = ${text};\n${watch}`);
    await page.goto(this.#daemon.url + path, { waitUntil: "commit" });
    await page.getByText(text).first().waitFor({ state: "visible", timeout: 60_000 });
    // Measured within: whoever waits from outside looks twice a second.
    await waitUntil("the words", async () => (await page.evaluate<number | null>("shownAt")) !== null);
    const ms = await page.evaluate<number>("shownAt");
    const nodes = await page.evaluate<number>("document.querySelectorAll('*').length");
    return { page, cost: { ms, code: [...code].reduce((sum, name) => sum + gzipBytes(name), 0), frames, nodes } };
  }

  /** The browser's own counters for a page: `TaskDuration` and such, in s. */
  async metrics(page: Page): Promise<(name: string) => Promise<number>> {
    const session: CDPSession = await this.#context.newCDPSession(page);
    // What the thread worked, not what it waited for its turn on a busy machine.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return async (name) => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    };
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a file of the build weighs on the wire. */
function gzipBytes(pathname: string): number {
  const file = join(buildFolder, pathname);
  return existsSync(`${file}.gz`) ? readFileSync(`${file}.gz`).length : gzipSync(readFileSync(file)).length;
}
