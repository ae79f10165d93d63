import { script } from "@pier/demo-model";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSession, play, settled } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { assistant, call, result, savedSession, text, user } from "./harness/saved-session.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
let web: WebPage;
let page: Page;
let long: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
  const messages = Array.from({ length: 1_500 }, (_, at) => [
    user(`Question ${at}${at === 20 ? " about the albatross" : ""}`),
    assistant(
      text(`Answer ${at}. ${"It goes on for a while. ".repeat(20)}${at === 700 ? "An albatross flew by." : ""}`),
    ),
  ]).flat();
  messages.splice(
    1_000,
    0,
    user("Run it"),
    assistant(call("c1", "bash", { command: "ls" }), call("c2", "bash", { command: "seq 100" })),
    result("c1", "bash", "one\ntwo"),
    result("c2", "bash", `${"line\n".repeat(60)}the albatross of the output\n${"line\n".repeat(60)}`),
    assistant(text("Ran it.")),
  );
  long = await savedSession(daemon, messages);
});
afterEach(async () => {
  web.expectQuiet(/401/);
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

async function open(id: string, from = browser): Promise<void> {
  web = await openPage(from, daemon, `/session/${id}`);
  page = web.page;
  await page.getByRole("log").waitFor();
}

const bar = (): Locator => page.getByRole("search", { name: "Find in session" });
const field = (): Locator => page.getByRole("textbox", { name: "Find in session" });
const said = (words: string | RegExp): Locator => page.getByRole("log").getByText(words).first();

/** Waits until an element is between the find bar and the dock. */
async function seen(element: Locator): Promise<void> {
  const log = await page.getByRole("log").boundingBox();
  await expect
    .poll(async () => {
      const box = await element.boundingBox();
      return box !== null && log !== null && box.y + box.height > log.y && box.y < log.y + log.height;
    })
    .toBe(true);
}

/** The words that are marked on the screen. */
function marked(name: "pier-found" | "pier-found-current"): Promise<string[]> {
  return page.evaluate((key) => {
    const { CSS } = globalThis as unknown as { CSS: { highlights: Map<string, Set<{ toString(): string }>> } };
    return [...(CSS.highlights.get(key) ?? [])].map(String);
  }, name);
}

test("Ctrl+F in a long session, finds what is not loaded yet: in answers, in the output of tools, in questions", async () => {
  await open(long);
  await said("Answer 1499.").waitFor();
  await page.keyboard.press("Control+f");
  await field().fill("ALBATROSS");
  await bar().getByText("1 of 3").waitFor();
  await seen(said(/An albatross flew by/));
  await expect.poll(() => marked("pier-found-current")).toEqual(["albatross"]);
  await page.keyboard.press("Enter");
  await bar().getByText("2 of 3").waitFor();
  await seen(said(/the albatross of the output/));
  await expect.poll(() => marked("pier-found-current")).toEqual(["albatross"]);
  await page.keyboard.press("Enter");
  await bar().getByText("3 of 3").waitFor();
  await seen(said("Question 20 about the albatross"));
  await bar().getByRole("button", { name: "Newer" }).click();
  await bar().getByText("2 of 3").waitFor();
  await seen(said(/the albatross of the output/));
  await page.keyboard.press("Escape");
  await bar().waitFor({ state: "hidden" });
  await expect.poll(() => marked("pier-found-current")).toEqual([]);
  // The keyboard is the transcript's then, without a ring around all of it.
  await expect.poll(() => page.evaluate("document.activeElement?.role")).toBe("log");
  expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("none");
});

test("a message that came while the page was open, is found under the name that the page gave it", async () => {
  const session = await openSession(daemon);
  await open(session.session);
  await page
    .getByRole("textbox", { name: "Message pi" })
    .fill(`Look out.\n${script([{ text: "A heron stands there." }])}`);
  await page.keyboard.press("Enter");
  await said("A heron stands there.").waitFor();
  await settled(session);
  for (let turn = 0; turn < 3; turn++) await play(session, [{ text: "Filler.\n\n".repeat(60) }]);
  await page.getByRole("log").focus();
  await page.keyboard.press("/");
  await field().fill("heron stands");
  await bar().getByText("1 of 2").waitFor();
  await seen(said("A heron stands there."));
});

test("words in an output too long to come with its call: it is fetched, and they are marked and in view", async () => {
  const lines = Array.from({ length: 3_000 }, (_, at) => `line ${at}`).join("\n");
  const session = await savedSession(daemon, [
    user("Run it"),
    assistant(call("c1", "bash", { command: "./run" })),
    result("c1", "bash", `${lines}\n\nCommand exited with code 1`, { isError: true }),
    assistant(text("It failed.")),
    ...Array.from({ length: 20 }, (_, at) => [
      user(`Question ${at}`),
      assistant(text("Filler.\n\n".repeat(10))),
    ]).flat(),
  ]);
  await open(session);
  await said("Question 19").waitFor();
  await page.keyboard.press("Control+f");
  await field().fill("line 1234");
  await bar().getByText("1 of 1").waitFor();
  await expect.poll(() => marked("pier-found-current")).toEqual(["line 1234"]);
  await expect.poll(() => isMarkSeen()).toBe(true);
  // What find opened, closes and opens like any other.
  const output = page.getByRole("log").locator(".tool__output");
  await page.getByRole("button", { name: "Show less" }).click();
  await expect.poll(() => output.textContent()).not.toContain("line 1234");
  await page.getByRole("button", { name: /^Show all/ }).click();
  await expect.poll(() => output.textContent()).toContain("line 1234");
});

/** Whether the words that stand out are within what is seen of the box around them, and of the transcript. */
function isMarkSeen(): Promise<boolean> {
  return page.evaluate(`(() => {
    const [mark] = CSS.highlights.get("pier-found-current");
    const place = mark.getBoundingClientRect();
    const boxes = [document.querySelector(".transcript"), mark.startContainer.parentElement.closest("pre")];
    return boxes.map((box) => box.getBoundingClientRect()).every(({ top, bottom }) => place.top >= top && place.bottom <= bottom);
  })()`);
}

test("what stands nowhere, is said; another query begins anew", async () => {
  await open(long);
  await page.getByRole("log").focus();
  await page.keyboard.press("/");
  await field().fill("no such words");
  await bar().getByText("Nothing found").waitFor();
  await field().fill("Question 1499");
  await bar().getByText("1 of 1").waitFor();
  await seen(said("Question 1499"));
});

test("Ctrl+F in a session that is on the screen as a whole, is the browser's own", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Short." }]);
  await open(session.session);
  await said("Short.").waitFor();
  await page.evaluate("addEventListener('keydown', (event) => (globalThis.taken = event.defaultPrevented))");
  await page.keyboard.press("Control+f");
  expect(await page.evaluate("globalThis.taken")).toBe(false);
  expect(await bar().count()).toBe(0);
});

test("on a phone, find is in the menu, as wide as the screen, and keeps nobody out", async () => {
  const phone = await openBrowser({ screen: "phone", colorScheme: "dark" });
  await open(long, phone);
  await said("Answer 1499.").waitFor();
  await page.getByLabel("Session actions").tap();
  await page.getByRole("button", { name: "Find in session" }).tap();
  await field().fill("albatross");
  await bar().getByText("1 of 3").waitFor();
  await bar().getByRole("button", { name: "Older" }).tap();
  await bar().getByText("2 of 3").waitFor();
  await seen(said(/the albatross of the output/));
  expect((await bar().boundingBox())?.width).toBe(390);
  await expectAccessible(page, ".find");
  web.expectQuiet(/401/);
  await phone.close();
});
