import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { openSession, play, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", rpcDemo] });
  browser = await openBrowser({ screen: "phone" });
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

test("focusing the composer: the whole screen is for writing, Enter is a new line, Chat leads out, the button sends", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Both are mine, left over from the first attempt." }]);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.tap();
  const out = page.getByRole("button", { name: "Chat" });
  await out.waitFor();
  await page.getByText("pi Both are mine, left over").waitFor();
  const box = await page.getByRole("form", { name: "Composer" }).boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  expect(
    await page.evaluate(`parseFloat(getComputedStyle(document.querySelector("#prompt")).fontSize)`),
  ).toBeGreaterThanOrEqual(16);
  await field.pressSequentially("one");
  await field.press("Enter");
  await field.pressSequentially("two");
  expect(await field.inputValue()).toBe("one\ntwo");
  await expectAccessible(page, ".dock-area");
  await out.tap();
  await out.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("one\ntwo");
  await page.getByRole("button", { name: "Write on the whole screen" }).tap();
  await out.waitFor();
  await page.getByRole("button", { name: "Insert a command" }).tap();
  await page.getByRole("listbox", { name: "Completions" }).waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("one\ntwo /");
  await page.getByRole("button", { name: "Send" }).tap();
  await out.waitFor({ state: "detached" });
  await until(session, "the prompt", () =>
    session.transcript.items.some(({ message }) => JSON.stringify(message).includes("one\\ntwo")),
  );
  expectQuiet(/401/);
  await page.close();
});

test("a close request, which Back is on Android and Esc is here: back to the conversation, again and again", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const address = page.url();
  const field = page.getByRole("textbox", { name: "Message pi" });
  const out = page.getByRole("button", { name: "Chat" });
  for (const words of ["one", "one and two"]) {
    await field.tap();
    await out.waitFor();
    await field.fill(words);
    await page.keyboard.press("Escape");
    await out.waitFor({ state: "detached" });
    expect(await field.inputValue()).toBe(words);
  }
  expect(page.url()).toBe(address);
  expectQuiet(/401/);
  await page.close();
});

test("a question while one writes is said above the text; in the chat it has the screen, with large answers", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.tap();
  await field.pressSequentially("a long thought");
  session
    .prompt(script([{ tool: "bash", args: { command: "sudo -V > /dev/null; echo ran" } }, { text: "Done." }]))
    .catch(() => {});
  const asks = page.getByRole("button", { name: /Dangerous command.*Answer/ });
  await asks.waitFor();
  await page.locator("#prompt:focus").waitFor();
  await expectAccessible(page, ".dock-area");
  await asks.tap();
  const allow = page.getByRole("alertdialog").getByRole("button", { name: "Allow" });
  await allow.waitFor();
  const box = await allow.boundingBox();
  expect(box?.width).toBeGreaterThan(150);
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await allow.tap();
  await page.getByText("Command allowed").waitFor();
  await expect.poll(() => field.inputValue()).toBe("a long thought");
  expectQuiet(/401/);
  await page.close();
});
