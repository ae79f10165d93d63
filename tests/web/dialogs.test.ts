import { fileURLToPath } from "node:url";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { dialog, openSession, settled, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

const questions = fileURLToPath(new URL("../fixtures/extensions/questions.ts", import.meta.url));

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo, "-e", questions] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

type Session = Awaited<ReturnType<typeof openSession>>;

async function openBoth(): Promise<{ session: Session; web: WebPage }> {
  const session = await openSession(daemon);
  const web = await openPage(browser, daemon, `/session/${session.session}`);
  await web.page.getByRole("textbox", { name: "Message pi" }).waitFor();
  return { session, web };
}

/** Has an extension ask; what it was answered comes as a toast. */
function ask(session: Session, ...asked: unknown[][]): void {
  session.prompt(`/ask ${JSON.stringify(asked)}`).catch(() => {});
}

const answers = (web: WebPage, list: unknown[]) =>
  web.page.getByRole("status").getByText(JSON.stringify(list)).waitFor();

test("select before a tool: asks in the dock, the key 1 allows, and the keyboard is back in the composer", async () => {
  const { session, web } = await openBoth();
  const { page, expectQuiet } = web;
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.fill(
    `Go\n${script([{ tool: "bash", args: { command: "sudo -V > /dev/null; echo ran" } }, { text: "Done." }])}`,
  );
  await field.press("Enter");
  const question = page.getByRole("alertdialog", { name: /Dangerous command/ });
  await question.getByRole("button", { name: "Allow" }).waitFor();
  await page.locator("[role=alertdialog]:focus").filter({ hasText: "Dangerous command" }).waitFor();
  await expectAccessible(page, ".dock-area");
  await page.keyboard.press("1");
  await page.getByText("Command allowed").waitFor();
  await settled(session);
  expect(await question.count()).toBe(0);
  await page.locator("#prompt:focus").waitFor();
  expectQuiet();
  await page.close();
});

test("confirm: Y says yes, N says no, Esc cancels; several wait in their order", async () => {
  const { session, web } = await openBoth();
  const { page } = web;
  ask(session, ["confirm", "First?", "One"], ["confirm", "Second?", "Two"], ["confirm", "Third?", "Three"]);
  for (const [name, key, left] of [
    ["First?", "y", "1 of 3"],
    ["Second?", "n", "1 of 2"],
    ["Third?", "Escape", ""],
  ] as const) {
    const question = page.getByRole("alertdialog", { name });
    await question
      .getByText(left === "" ? "Yes" : left)
      .first()
      .waitFor();
    await page.locator("[role=alertdialog]:focus").filter({ hasText: name }).waitFor();
    await page.keyboard.press(key);
  }
  await answers(web, [true, false, false]);
  web.expectQuiet();
  await page.close();
});

test("a question that comes up while somebody writes: keys go on to what is written, and answer nothing", async () => {
  const { session, web } = await openBoth();
  const { page } = web;
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.pressSequentially("yes n");
  ask(session, ["confirm", "Sure?", "Really?"]);
  const question = page.getByRole("alertdialog", { name: "Sure?" });
  await question.waitFor();
  await dialog(session, "confirm");
  await page.keyboard.type("yny1");
  expect(await field.inputValue()).toBe("yes nyny1");
  expect(session.transcript.ui.dialogs.size).toBe(1);
  await question.getByRole("button", { name: "No" }).click();
  await answers(web, [false]);
  web.expectQuiet();
  await page.close();
});

test("many choices: a list that filters; input and editor: Enter and Ctrl+Enter answer, prefill is there", async () => {
  const { session, web } = await openBoth();
  const { page } = web;
  const many = Array.from({ length: 30 }, (_, at) => `choice number ${at + 1} of thirty`);
  ask(session, ["select", "Which?", many], ["input", "A line?", "type here"], ["editor", "A text?", "one\ntwo"]);
  await page.getByRole("searchbox", { name: "Filter" }).fill("number 17");
  const choices = page.getByRole("alertdialog").getByRole("button", { name: /choice/ });
  await choices.nth(1).waitFor({ state: "detached" });
  expect(await choices.count()).toBe(1);
  await page.keyboard.press("Enter");
  const line = page.getByRole("textbox", { name: "A line?" });
  expect(await line.getAttribute("placeholder")).toBe("type here");
  await line.fill("my line");
  await line.press("Enter");
  const text = page.getByRole("textbox", { name: "A text?" });
  expect(await text.inputValue()).toBe("one\ntwo");
  await text.press("End");
  await text.press("Control+End");
  await text.press("Enter");
  await text.pressSequentially("three");
  await text.press("Control+Enter");
  await answers(web, ["choice number 17 of thirty", "my line", "one\ntwo\nthree"]);
  web.expectQuiet();
  await page.close();
});

test("what is written for a question is there after a reload, and gone when the question is closed", async () => {
  const { session, web } = await openBoth();
  const { page } = web;
  ask(session, ["editor", "A plan?", "first step"]);
  const text = page.getByRole("textbox", { name: "A plan?" });
  await text.fill("first step, and a second of my own");
  await page.reload();
  await expect.poll(() => text.inputValue()).toBe("first step, and a second of my own");
  await page.getByRole("link", { name: "All sessions" }).click();
  await text.waitFor({ state: "detached" });
  await page.goBack();
  await expect.poll(() => text.inputValue()).toBe("first step, and a second of my own");
  await text.press("Control+Enter");
  await answers(web, ["first step, and a second of my own"]);
  await text.waitFor({ state: "detached" });
  await expect
    .poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("pier-answers"))))
    .toEqual([]);
  web.expectQuiet();
  await page.close();
});

test("two browsers: an answer in one closes the question in the other, with a word; a reload keeps it", async () => {
  const { session, web } = await openBoth();
  const other = await openBrowser({ screen: "phone", colorScheme: "dark" });
  try {
    const phone = await openPage(other, daemon, `/session/${session.session}`);
    ask(session, ["confirm", "Push?", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new"]);
    await phone.page.getByRole("alertdialog", { name: "Push?" }).getByText("+new").waitFor();
    await web.page.reload();
    const question = web.page.getByRole("alertdialog", { name: "Push?" });
    await question.waitFor();
    await expectAccessible(phone.page, ".dock-area");
    await phone.page.getByRole("button", { name: "Yes" }).tap();
    await web.page.getByText("Answered elsewhere.").waitFor();
    await answers(web, [true]);
    expect(await question.count()).toBe(0);
    phone.expectQuiet(/401/);
  } finally {
    await other.close();
  }
  web.expectQuiet();
  await web.page.close();
});

test("widgets, statuses and text for the composer show; one that times out says so", async () => {
  const { session, web } = await openBoth();
  const { page } = web;
  await page.getByText("Loaded and ready.").waitFor();
  await page.getByRole("list", { name: "Extensions" }).getByText(/Turn/).waitFor();
  session.prompt("/rpc-prefill").catch(() => {});
  const field = page.getByRole("textbox", { name: "Message pi" });
  await expect.poll(() => field.inputValue()).toBe("This text was set by the rpc-demo extension.");
  // This one is there for as long as it takes to see it.
  ask(session, ["confirm", "Slow?", "Now", { timeout: 600_000 }]);
  const slow = page.getByRole("alertdialog", { name: "Slow?" });
  await slow.getByText(/closes in/).waitFor();
  await dialog(session, "confirm");
  await slow.getByRole("button", { name: "Yes" }).click();
  await answers(web, [true]);
  ask(session, ["confirm", "Quick?", "Now", { timeout: 1500 }]);
  await page.getByText("Nobody answered in time: the default was taken.").waitFor();
  await until(session, "no dialog", () => session.transcript.ui.dialogs.size === 0);
  web.expectQuiet();
  await page.close();
});
