import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSession, play, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { pairingLink } from "./harness/pairing-link.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

const extension = fileURLToPath(new URL("../fixtures/extensions/questions.ts", import.meta.url));
let daemon: TestDaemon;
let browser: TestBrowser;
let web: WebPage;
let page: Page;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", extension] });
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

async function open(path: string, from = browser): Promise<void> {
  web = await openPage(from, daemon, path);
  page = web.page;
  await page.getByRole("banner").waitFor();
}

const palette = (): Locator => page.getByRole("dialog", { name: "Search and commands" });
const field = (): Locator => palette().getByRole("combobox");
const shortcuts = (): Locator => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const marked = (): Locator => palette().getByRole("option", { selected: true });

test("Ctrl+K on the dashboard, some letters and Enter, lead to a session by its name or its folder", async () => {
  const session = await openSession(daemon, { name: "Night style for the chart" });
  await openSession(daemon, { name: "Another one" });
  await open("/");
  await page.getByRole("link", { name: "Night style for the chart" }).waitFor();
  await page.keyboard.press("Control+K");
  await field().waitFor();
  await page.keyboard.type("night chart");
  await marked().getByText("Night style for the chart").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`${daemon.url}/session/${session.session}`);
  await palette().waitFor({ state: "hidden" });
});

test("on a session, the actions of its page are there, by arrows and Enter; Esc gives the composer its keyboard back", async () => {
  const session = await openSession(daemon, { name: "With actions" });
  await open(`/session/${session.session}`);
  const composer = page.getByRole("textbox", { name: "Message pi" });
  await composer.fill("a draft");
  await page.keyboard.press("Control+K");
  await palette()
    .getByRole("option", { name: /^Statistics/ })
    .waitFor();
  await page.keyboard.press("Escape");
  await palette().waitFor({ state: "hidden" });
  await page.keyboard.type("!");
  expect(await composer.inputValue()).toBe("a draft!");
  await page.keyboard.press("Control+K");
  await page.keyboard.type("all");
  const first = await marked().textContent();
  await page.keyboard.press("ArrowDown");
  expect(await marked().textContent()).not.toBe(first);
  await field().fill("all branches");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "All branches" }).waitFor();
});

test("words that were said, in whatever session, are found once typing pauses, and lead to the message", async () => {
  const session = await openSession(daemon, { name: "The lighthouse" });
  await play(session, [{ text: "The Fresnel lens of the lighthouse is in sector four." }]);
  for (let turn = 0; turn < 3; turn++) await play(session, [{ text: "Paragraph.\n\n".repeat(40) }]);
  await open("/settings");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/search?")) asked.push(new URL(request.url()).searchParams.get("query") ?? "");
  });
  // However long a key takes here, for the page it is no pause.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press("Control+K");
  await page.keyboard.type("fresnel LENS");
  await expect.poll(() => field().inputValue()).toBe("fresnel LENS");
  expect(asked).toEqual([]);
  await page.clock.resume();
  const hit = palette().getByRole("option", { name: /^The Fresnel lens of the lighthouse/ });
  await hit.getByText("The lighthouse", { exact: true }).waitFor();
  expect(await hit.locator("mark").allTextContents()).toEqual(["Fresnel lens"]);
  expect([...new Set(asked)]).toEqual(["fresnel LENS"]);
  await hit.click();
  await page.waitForURL(`${daemon.url}/session/${session.session}`);
  await page
    .getByRole("log")
    .getByText(/^The Fresnel lens of the lighthouse/)
    .waitFor();
  await expect.poll(() => isInView(page.getByRole("log").getByText(/^The Fresnel lens of the lighthouse/))).toBe(true);
});

test("what is nowhere, is said to be nowhere", async () => {
  await open("/");
  await page.keyboard.press("Control+K");
  await page.keyboard.type("zqzqzq");
  await palette().getByText("Nothing is called or says “zqzqzq”.").waitFor();
});

test("?, lists the keys that the page has, and they do what it says; while something is typed it is a letter", async () => {
  const session = await openSession(daemon, { name: "With keys" });
  await open(`/session/${session.session}`);
  const composer = page.getByRole("textbox", { name: "Message pi" });
  await composer.pressSequentially("t?");
  expect(await composer.inputValue()).toBe("t?");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await page.getByRole("log").click();
  await page.keyboard.press("?");
  const row = shortcuts()
    .getByRole("term")
    .filter({ hasText: /^All branches$/ });
  await row.waitFor();
  await shortcuts().getByText("Send when the turn is over").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await page.getByRole("dialog", { name: "All branches" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
});

test("keys without Ctrl or Alt, can be turned off, and stay off", async () => {
  await open("/");
  await page.keyboard.press("?");
  await shortcuts().getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("banner").waitFor();
  await page.keyboard.press("n");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+K");
  await field().fill("keyboard shortcuts");
  await page.keyboard.press("Enter");
  await shortcuts().waitFor();
  expect(await page.getByRole("dialog").count()).toBe(1);
  await shortcuts().getByRole("checkbox").check();
});

test("n answers a question that is asked, and is a new session when nothing is", async () => {
  const session = await openSession(daemon, { name: "Asks" });
  await open(`/session/${session.session}`);
  const answered = session.prompt('/ask [["confirm","Deploy it?","To everybody."]]');
  const question = page.getByRole("alertdialog");
  await question.waitFor();
  // Once it has the keyboard, its keys answer from anywhere. One more, when it is gone already, would be another action.
  await page.locator("[role=alertdialog]:focus").waitFor();
  await page.getByRole("log").focus();
  await page.keyboard.press("n");
  await question.waitFor({ state: "detached" });
  await answered;
  expect(new URL(page.url()).pathname).toBe(`/session/${session.session}`);
  await page.getByRole("log").focus();
  await page.keyboard.press("n");
  await page.waitForURL(/\?new/);
});

test("a device that may only look, is offered nothing that it may not do", async () => {
  const session = await openSession(daemon, { name: "To be looked at" });
  await play(session, [{ text: "Seen." }]);
  const other = await openBrowser();
  const reader = await other.context.newPage();
  await reader.goto(await pairingLink(daemon, "read"));
  await reader.getByRole("banner").waitFor();
  await open(`/session/${session.session}`, other);
  await page.getByText("Seen.", { exact: true }).waitFor();
  await page.keyboard.press("Control+K");
  await palette()
    .getByRole("option", { name: /Settings/ })
    .waitFor();
  const names = await palette().getByRole("option").allTextContents();
  expect(names.filter((name) => /New session|Rename|Delete|Close session|Branch|Compact/.test(name))).toEqual([]);
  await other.close();
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each(["desktop", "phone"] as const)("on a %s, palette and shortcuts keep nobody out", async (screen) => {
    const session = await openSession(daemon, { name: "Axe" });
    await play(session, [{ text: "A harbour with three quays." }]);
    await until(session, "the end", () => !session.transcript.live.running);
    const other = await openBrowser({ screen, colorScheme });
    await open(`/session/${session.session}`, other);
    await page.getByRole("button", { name: "Search and commands" }).click();
    await field().fill("quays");
    await palette()
      .getByRole("option", { name: /three quays/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    const box = await palette().boundingBox();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    expect(box?.width).toBe(screen === "phone" ? width : 630);
    await field().fill("shortcuts");
    await palette()
      .getByRole("option", { name: /Keyboard shortcuts/ })
      .click();
    await shortcuts().waitFor();
    await expectAccessible(page);
    web.expectQuiet(/401/);
    web.errors.length = 0;
    await other.close();
  });
});

/** Whether something is where it can be read: not above or below what is seen. */
async function isInView(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y > 50 && box.y + box.height < (page.viewportSize()?.height ?? 0);
}
