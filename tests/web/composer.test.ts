import { script } from "@pier/demo-model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

/** A prompt that waits at a gate in its turn. */
const held = (gate: string): string => `Go\n${script([{ text: "On it." }, { gate }])}`;

test("Enter sends, Shift+Enter does not; what was typed stands in the transcript afterwards", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.pressSequentially("first line");
  await field.press("Shift+Enter");
  await field.pressSequentially("second line");
  await field.press("Enter");
  await until(session, "the prompt", () =>
    session.transcript.items.some(({ message }) => JSON.stringify(message).includes("first line\\nsecond line")),
  );
  expect(await field.inputValue()).toBe("");
  expectQuiet();
  await page.close();
});

test("while a turn runs: Send steers, Alt+Enter follows up, Esc stops and brings both back", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const field = page.getByRole("textbox", { name: "Message pi" });
  await field.fill(held("composer"));
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  expect(await page.getByRole("button", { name: /^Send/ }).count()).toBe(0);
  await field.fill("also this");
  await page.getByRole("button", { name: "Send, steers the running turn" }).click();
  await page.getByRole("listitem").filter({ hasText: "Steer" }).filter({ hasText: "also this" }).waitFor();
  await field.fill("then that");
  await field.press("Alt+Enter");
  await page.getByRole("listitem").filter({ hasText: "Follow-up" }).filter({ hasText: "then that" }).waitFor();
  await field.press("Escape");
  await until(session, "the end of the turn", () => !session.transcript.live.running);
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
  expect(await field.inputValue()).toBe("also this\n\nthen that");
  expect(session.transcript.live.queue).toEqual({ steering: [], followUp: [] });
  daemon.model.gates.open("composer");
  expectQuiet();
  await page.close();
});
