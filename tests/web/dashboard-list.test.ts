import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { attachTo, openSession, play, restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { asking, fillDashboard } from "./harness/full-dashboard.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon(asking);
  browser = await openBrowser();
});
afterEach(async () => {
  const rest = restOf(daemon);
  for (const { id, origin } of await rest.list()) if (origin === "pier") await rest.remove(id, { permanent: true });
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

/** The names of sessions in a part of the page, in their order. */
function namesIn(page: Page, part: string): Promise<string[]> {
  return page.locator(`${part} :is(.need__name, .row__name)`).allTextContents();
}

test("who needs somebody comes first with the reason, the others by folder, what works first; closed ones are folded away", async () => {
  await fillDashboard(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("heading", { name: "Needs you 3" }).waitFor();
  expect(await namesIn(page, ".needs")).toEqual([
    "Move the forecast job to the queue",
    "Prune map tiles nobody asks for",
    "Write the changelog for 2.4",
  ]);
  const needs = page.locator(".need");
  expect(await needs.nth(0).textContent()).toContain("This changes a database that others use.");
  expect(await needs.nth(1).textContent()).toMatch(/Model request failed: .*overloaded \(529\)/);
  expect(await needs.nth(2).textContent()).toContain("14 entries in CHANGELOG.md.");
  const names = await page.getByRole("img", { name: /Asks you|Failed|Finished/ }).count();
  expect(names).toBe(3);
  const groups = page.locator(".group");
  expect(await groups.getByRole("heading").allTextContents()).toEqual([
    `${daemon.folder}/code/quay-web`,
    `${daemon.folder}/code/tidetable`,
  ]);
  expect(await namesIn(page, ".group:nth-of-type(2)")).toEqual([
    "Keyboard access to the map",
    "Build with the new bundler",
  ]);
  const quay = groups.first();
  // What git says of a folder comes when it is read.
  await expect.poll(() => quay.locator(".row").nth(0).textContent()).toContain("keyboard-access-to-the-map");
  await expect.poll(() => quay.locator(".row").nth(1).textContent()).toContain("+2");
  expect(await quay.locator(".row").nth(1).textContent()).toContain("ephemeral");
  const archived = page.getByRole("button", { name: "Archived 1" });
  expect(await archived.getAttribute("aria-expanded")).toBe("false");
  await archived.click();
  await page.getByRole("link", { name: "Which harbours need a second gauge?" }).waitFor();
  daemon.model.gates.open("works");
  await page.getByRole("heading", { name: "Needs you 4" }).waitFor();
  expectQuiet();
  await page.close();
});

test("what happens elsewhere appears by itself: made, renamed, working, finished, closed, deleted", async () => {
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("heading", { name: "What should pi work on?" }).waitFor();
  const rest = restOf(daemon);
  const { id } = await rest.create({ working_dir: daemon.folder, name: "Made elsewhere" });
  await page.getByRole("link", { name: "Made elsewhere" }).waitFor();
  await page.getByRole("heading", { name: "What should pi work on?" }).waitFor({ state: "detached" });
  await rest.rename(id, "Renamed elsewhere");
  await page.getByRole("link", { name: "Renamed elsewhere" }).waitFor();
  // Whoever looks at the end has read it.
  const session = await attachTo(daemon, id, { looking: false });
  await session.prompt(script([{ gate: "elsewhere" }, { text: "Finished elsewhere." }]));
  await page.getByRole("img", { name: "Running" }).waitFor();
  expect(await page.getByText("1 working").isVisible()).toBe(true);
  daemon.model.gates.open("elsewhere");
  await page.getByRole("heading", { name: "Needs you 1" }).waitFor();
  await page.getByText("Finished elsewhere.").waitFor();
  await page.getByRole("button", { name: /Mark as read/ }).click();
  await page.getByRole("heading", { name: /Needs you/ }).waitFor({ state: "detached" });
  await rest.kill(id);
  await page.getByRole("button", { name: "Archived 1" }).waitFor();
  await rest.remove(id);
  await page.getByRole("button", { name: /^Archived/ }).waitFor({ state: "detached" });
  expectQuiet();
  await page.close();
});

test("ten of a folder, then more when they are asked for", async () => {
  const rest = restOf(daemon);
  for (let at = 1; at <= 12; at++) await rest.create({ working_dir: daemon.folder, name: `Session ${at}` });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "Session 12" }).waitFor();
  expect(await namesIn(page, ".group")).toEqual(Array.from({ length: 10 }, (_, at) => `Session ${12 - at}`));
  await page.getByRole("button", { name: "2 older sessions" }).click();
  await page.getByRole("link", { name: "Session 1", exact: true }).waitFor();
  await page.getByRole("button", { name: "Only the newest 10" }).click();
  await page.getByRole("link", { name: "Session 1", exact: true }).waitFor({ state: "detached" });
  for (const { id } of await rest.list()) await rest.kill(id);
  await page.getByRole("button", { name: "Archived 12" }).click();
  await page.getByText("1 to 10 of 12").waitFor();
  await page.getByRole("button", { name: "Older", exact: true }).click();
  await page.getByText("11 to 12 of 12").waitFor();
  expect(await page.locator(".row--archived").count()).toBe(2);
  expectQuiet();
  await page.close();
}, 180_000);

test("sessions of plain pi are in the archive: read without pi, and resumed", async () => {
  const id = "0199aa00-1111-7000-8000-00000000abcd";
  const place = join(daemon.home, ".pi", "agent", "sessions", "--plain--");
  mkdirSync(place, { recursive: true });
  const time = new Date().toISOString();
  const lines = [
    { type: "session", version: 3, id, timestamp: time, cwd: daemon.folder },
    {
      type: "message",
      id: "00000001",
      parentId: null,
      timestamp: time,
      message: { role: "user", content: "Typed into plain pi", timestamp: Date.now() },
    },
  ];
  const file = join(place, `2026-01-01T00-00-00-000Z_${id}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("button", { name: "Archived 1" }).click();
  await page.getByRole("link", { name: "Typed into plain pi" }).click();
  await page.getByText("This session is closed.").waitFor();
  expect((await restOf(daemon).get(id)).pid).toBe(null);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  expect(await restOf(daemon).get(id)).toMatchObject({ status: "live", origin: "pier" });
  expectQuiet();
  await page.close();
});

test("long names, names from right to left: cut or wrapped, never wider than the page", async () => {
  const rest = restOf(daemon);
  const long = "x".repeat(200);
  await rest.create({ working_dir: daemon.folder, name: long });
  await rest.create({ working_dir: daemon.folder, name: "תיקון השגיאה בקובץ parser.ts ובבדיקות" });
  const asks = await openSession(daemon, { name: "long words ".repeat(18) });
  await play(asks, [{ text: "y".repeat(300) }]);
  asks.detach();
  for (const screen of ["desktop", "phone"] as const) {
    const other = await openBrowser({ screen });
    const { page, expectQuiet } = await openPage(other, daemon);
    await page.getByText("תיקון").first().waitFor();
    const root = "document.documentElement";
    expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
    expectQuiet();
    await other.close();
  }
});

test("the search: names of open sessions, of archived ones, and every message, which leads to its place", async () => {
  const open = await openSession(daemon, { name: "The tides of spring" });
  await play(open, [{ text: "A neap tide is the smallest of all." }]);
  for (let at = 0; at < 3; at++) await play(open, [{ text: "Other words. ".repeat(60) }]);
  open.detach();
  const closed = await openSession(daemon, { name: "Tides of last year" });
  await play(closed, [{ text: "It was a spring tide." }]);
  await restOf(daemon).kill(closed.session);
  await restOf(daemon).create({ working_dir: daemon.folder, name: "Something else" });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "Something else" }).waitFor();
  await page.getByRole("searchbox").fill("tides of");
  await page.getByRole("link", { name: "Something else" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Tides of last year" }).waitFor();
  await page.getByRole("searchbox").fill("neap   TIDE");
  const found = page.getByRole("region", { name: /^Found in messages/ });
  const link = found.getByRole("link", { name: "pi: A neap tide is the smallest of all." });
  await link.waitFor();
  expect(await link.locator("mark").textContent()).toBe("neap tide");
  await link.click();
  await page.waitForURL(new RegExp(open.session));
  await page.locator("article, .transcript, main").getByText("A neap tide is the smallest of all.").first().waitFor();
  expectQuiet();
  await page.close();
});

test("a name opens in a tab of its own with the middle button", async () => {
  const session = await openSession(daemon, { name: "In a new tab" });
  const { page } = await openPage(browser, daemon);
  const opened = browser.context.waitForEvent("page");
  await page.getByRole("link", { name: "In a new tab" }).click({ button: "middle" });
  const tab = await opened;
  await tab.getByRole("textbox", { name: "Message pi" }).waitFor();
  expect(tab.url()).toBe(`${daemon.url}/session/${session.session}`);
  expect(page.url()).toBe(`${daemon.url}/`);
  await tab.close();
  await page.close();
});

test("nothing is open: examples, recent folders and a code to pair a phone; an example starts at once", async () => {
  const before = await openSession(daemon, { name: "Before" });
  await restOf(daemon).kill(before.session);
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("heading", { name: "What should pi work on?" }).waitFor();
  expect(await page.locator(".examples button").count()).toBe(3);
  expect(await page.locator(".folders a").allTextContents()).toEqual([expect.stringContaining(daemon.folder)]);
  await page.getByRole("img", { name: "QR code of the pairing link" }).waitFor();
  await page.getByRole("button", { name: "Run the tests, and mend the first one that fails" }).click();
  await page.waitForURL(/\/session\//);
  await page.getByText("Run the tests, and mend the first one that fails").first().waitFor();
  expectQuiet();
  await page.close();
});
