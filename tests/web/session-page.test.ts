import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSession, play, restOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
let web: WebPage;
let page: Page;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
});
afterEach(async () => {
  web.expectQuiet();
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

async function open(id: string): Promise<void> {
  web = await openPage(browser, daemon, `/session/${id}`);
  page = web.page;
}

const menu = async (item: string | RegExp): Promise<void> => {
  await page.getByLabel("Session actions").click();
  await page.getByRole("listitem").getByRole("button", { name: item }).click();
};

test("the title bar: name, folder, host, model, context and cost of the session, and its title", async () => {
  const session = await openSession(daemon, { name: "Heights off by an hour" });
  await play(session, [{ text: "Done." }, { usage: { input: 9000, output: 50 } }]);
  await open(session.session);
  const bar = page.getByRole("banner");
  await bar.getByRole("heading", { name: "Heights off by an hour" }).waitFor();
  await bar.getByText("/project-").waitFor();
  await bar.getByRole("button", { name: /^demo/ }).waitFor();
  await bar.getByRole("img", { name: /^Context \d+ % used$/ }).waitFor();
  expect(await page.title()).toBe("Heights off by an hour – Pier");
});

test("a click on the name, renames in place; Esc leaves it as it was", async () => {
  const session = await openSession(daemon, { name: "First name" });
  await open(session.session);
  await page.getByRole("button", { name: "First name" }).click();
  await page.getByLabel("Name of the session").fill("not kept");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "First name" }).click();
  await page.getByLabel("Name of the session").fill("Second name");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Second name" }).waitFor();
  await until(session, "the name", () => session.transcript.info?.name === "Second name");
});

test("while a turn runs, the title bar says so, and for how long", async () => {
  const session = await openSession(daemon);
  const turn = play(session, [{ gate: "bar" }, { text: "Done." }]);
  await daemon.model.gates.waitForArrival("bar");
  await open(session.session);
  await page.getByText(/^Working \d+ s$/).waitFor();
  daemon.model.gates.open("bar");
  await turn;
  await page.getByText(/^Working/).waitFor({ state: "hidden" });
});

test("others that need somebody, are counted on the way back", async () => {
  const [session, other] = [await openSession(daemon), await openSession(daemon)];
  await open(session.session);
  await page.getByRole("link", { name: "All sessions", exact: true }).waitFor();
  await play(other, [{ http: 400, message: "no" }]).catch(() => {});
  await page.getByRole("link", { name: /All sessions, \d+ needs? you/ }).waitFor();
});

test("Close, asks first, and then leads to the list; the closed session is to be read and resumed", async () => {
  const session = await openSession(daemon, { name: "To be closed" });
  await play(session, [{ text: "Said before." }]);
  await open(session.session);
  await menu("Close session");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect((await restOf(daemon).get(session.session)).status).toBe("live");
  await menu("Close session");
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
  await page.waitForURL(`${daemon.url}/`);
  expect((await restOf(daemon).get(session.session)).status).toBe("closed");
  await page.goto(`${daemon.url}/session/${session.session}`);
  await page.getByText("Closed", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.locator("#prompt:focus").waitFor();
  expect((await restOf(daemon).get(session.session)).status).toBe("live");
});

test("Start pi again, warns, and pi is another process on the same conversation", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Kept." }]);
  const before = session.transcript.info?.pid;
  await open(session.session);
  await menu("Start pi again");
  await page.getByText("This is not pi's own /reload").waitFor();
  await page.getByRole("button", { name: "Start again" }).click();
  await page.getByText("pi was started again.").waitFor();
  const { pid } = await restOf(daemon).get(session.session);
  expect(pid).not.toBe(before);
});

test("Show raw text, is kept on the server and can be taken back", async () => {
  const session = await openSession(daemon);
  await open(session.session);
  await menu("Show raw text");
  await until(session, "raw text", () => session.transcript.info?.renderMarkdown === false);
  await menu("Show rendered text");
  await until(session, "rendered text", () => session.transcript.info?.renderMarkdown === true);
});

test("Export, says where pi wrote the page", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "To be exported." }]);
  await open(session.session);
  await menu("Export");
  await page.getByText(/^Exported to \/.*\.html/).waitFor();
});

test("Statistics, are pi's numbers and where the session is kept", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Counted." }]);
  await open(session.session);
  await menu("Statistics");
  const panel = page.getByRole("dialog", { name: "Statistics" });
  await panel.getByText(/^1 yours, \d answers?, \d in all$/).waitFor();
  await panel.getByText(await until(session, "its file", () => session.transcript.live.pi?.sessionFile)).waitFor();
  await panel.getByText(session.session).waitFor();
});

test("Delete, asks, and the session is gone; its address says so and shows a way on", async () => {
  const session = await openSession(daemon, { name: "To be deleted" });
  await open(session.session);
  await menu("Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.waitForURL(`${daemon.url}/`);
  await page.goto(`${daemon.url}/session/${session.session}`);
  await page.getByRole("heading", { name: "This session is not there" }).waitFor();
  await page.getByRole("link", { name: "All sessions" }).last().click();
  await page.waitForURL(`${daemon.url}/`);
});

test("a name of 200 characters and one from right to left, stay inside the title bar", async () => {
  const session = await openSession(daemon, { name: `שלום ${"very ".repeat(38)}long` });
  await open(session.session);
  await page.getByRole("heading", { name: /^שלום very/ }).waitFor();
  const box = await page.getByRole("banner").boundingBox();
  expect(box?.height).toBeLessThan(80);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(1440);
});
