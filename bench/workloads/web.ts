import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { BenchBrowser, type PageCost } from "../harness/bench-browser.ts";
import { BenchDaemon } from "../harness/bench-daemon.ts";
import { parkedSession } from "../harness/parked-session.ts";
import { playThrough } from "../harness/play.ts";
import { Socket } from "../harness/socket.ts";
import { waitUntil } from "../harness/wait-until.ts";
import type { Figure } from "../report/figure.ts";
import { median, percentile } from "../report/statistics.ts";
import type { Workload } from "./workload.ts";

const marks = { code: 110_000, ms: 300, bytes: 200 * 1024, nodes: 3_000 };
/** Tokens of a streamed reply, and how many come in a second. */
const reply = { count: 1_000, rate: 100 };

/** What a person in a browser waits for, and what the page costs while a reply streams. */
export const web: Workload = async ({ repeat }) => {
  const daemon = await BenchDaemon.start();
  const browser = await BenchBrowser.open(daemon);
  try {
    return [...(await opening(daemon, browser, repeat)), ...(await streaming(daemon, browser))];
  } finally {
    await browser.close();
    await daemon.dispose();
  }
};

async function opening(daemon: BenchDaemon, browser: BenchBrowser, repeat: number): Promise<Figure[]> {
  const short = await parkedSession(daemon, 12, 2_000);
  const long = await parkedSession(daemon, 10_000, 2_000);
  const turn = (await daemon.createSession()).id;
  await playThrough(daemon, turn, { play: "tools", count: 3_000, bytes: 1_200 });
  const list = await opened(browser, "/", /New session/, repeat);
  const ten = await opened(browser, `/session/${short}`, /word word/, repeat);
  const many = await opened(browser, `/session/${long}`, /word word/, repeat);
  const tools = await opened(browser, `/session/${turn}`, /sed -n|3,000 tools|tools/, repeat);
  return [
    { name: "first load of the dashboard, JS + CSS gzip", value: list.code, unit: "bytes", mark: { most: marks.code } },
    { name: "first load of a session, JS + CSS gzip", value: ten.code, unit: "bytes", mark: { most: marks.code } },
    { name: "the dashboard is shown", value: list.ms, unit: "ms" },
    { name: "a session of 12 messages is shown", value: ten.ms, unit: "ms" },
    ...figuresOf("10,000 messages", many),
    { name: "10,000 messages / 12", value: many.ms / ten.ms, unit: "" },
    ...figuresOf("one turn of 3,000 tool calls", tools),
  ];
}

function figuresOf(what: string, { ms, frames, nodes }: PageCost): Figure[] {
  return [
    { name: `${what}: shown`, value: ms, unit: "ms", mark: { most: marks.ms } },
    { name: `${what}: wire`, value: frames, unit: "bytes", mark: { most: marks.bytes } },
    { name: `${what}: DOM nodes`, value: nodes, unit: "", mark: { most: marks.nodes } },
  ];
}

/** The median of several visits; the first one warms the daemon. */
async function opened(browser: BenchBrowser, path: string, text: RegExp, repeat: number): Promise<PageCost> {
  const costs: PageCost[] = [];
  for (let at = 0; at <= repeat; at++) {
    const { page, cost } = await browser.show(path, text);
    await page.close();
    if (at > 0) costs.push(cost);
  }
  const of = (member: keyof PageCost): number => median(costs.map((cost) => cost[member]));
  return { ms: of("ms"), code: of("code"), frames: of("frames"), nodes: of("nodes") };
}

async function streaming(daemon: BenchDaemon, browser: BenchBrowser): Promise<Figure[]> {
  const small = await streamed(daemon, browser, await sessionOf(daemon, 12));
  const many = await streamed(daemon, browser, await sessionOf(daemon, 5_000));
  return [
    { name: "main thread per token, small session", value: small.perToken, unit: "ms" },
    { name: "main thread per token, 5,000 earlier messages", value: many.perToken, unit: "ms" },
    { name: "5,000 earlier messages / small", value: many.perToken / small.perToken, unit: "", mark: { most: 1.2 } },
    { name: "dropped frames, 5,000 earlier messages", value: many.dropped * 100, unit: "%" },
    { name: "key to paint during a stream, p50", value: many.typing.p50, unit: "ms" },
    { name: "key to paint during a stream, p95", value: many.typing.p95, unit: "ms" },
  ];
}

async function sessionOf(daemon: BenchDaemon, count: number): Promise<string> {
  const { id } = await daemon.createSession();
  await playThrough(daemon, id, { play: "messages", count, bytes: 1_000 });
  return id;
}

interface Streamed {
  perToken: number;
  /** Share of frames that came more than half a frame late. */
  dropped: number;
  typing: { p50: number; p95: number };
}

/** A reply streams twice: once to be looked at, once while somebody types. */
async function streamed(daemon: BenchDaemon, browser: BenchBrowser, session: string): Promise<Streamed> {
  const { page } = await browser.show(`/session/${session}`, /word word/);
  const metric = await browser.metrics(page);
  await run(page, "watch-frames");
  const before = await metric("TaskDuration");
  await playThrough(daemon, session, { play: "reply", ...reply });
  const perToken = (((await metric("TaskDuration")) - before) / reply.count) * 1000;
  const gaps = await page.evaluate<number[]>("gaps");
  const late = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0);
  const keys = await typed(daemon, page, session);
  await page.close();
  return {
    perToken,
    dropped: late / (gaps.length + late),
    typing: { p50: percentile(keys, 0.5), p95: percentile(keys, 0.95) },
  };
}

/** Runs a script of bench/page in the page. */
async function run(page: Page, name: string): Promise<void> {
  await page.evaluate(readFileSync(new URL(`../page/${name}.js`, import.meta.url), "utf8"));
}

/** Types while a reply streams. Resolves to ms from each key until the frame that shows it was painted. */
async function typed(daemon: BenchDaemon, page: Page, session: string): Promise<number[]> {
  const socket = await Socket.open({ url: daemon.url, token: daemon.token, onFrame: () => {} });
  const field = page.getByRole("textbox", { name: /Message/ });
  await field.focus();
  await run(page, "watch-keys");
  socket.play(session, { play: "reply", ...reply, pause: 100 });
  await waitUntil("the turn's beginning", async () => (await daemon.sessionInfo(session)).activity === "running");
  await page.keyboard.type(
    "what somebody types while an answer comes, a hundred keys or so of it, one after another.",
    {
      delay: 60,
    },
  );
  await waitUntil("the turn's end", async () => (await daemon.sessionInfo(session)).activity === "idle", 120);
  socket.close();
  return page.evaluate<number[]>("keys");
}
