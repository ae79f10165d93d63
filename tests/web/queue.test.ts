import { script } from "@pier/demo-model";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSession, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser | undefined;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterEach(async () => {
  await browser?.close();
  browser = undefined;
});
afterAll(() => daemon.dispose());

/** A session whose turn waits at a gate, with three messages queued. */
async function queued(gate: string) {
  const session = await openSession(daemon);
  await session.prompt(`Go\n${script([{ text: "On it." }, { gate }])}`);
  await daemon.model.gates.waitForArrival(gate);
  await session.steer("steer one");
  await session.steer("steer two");
  await session.followUp("after that");
  await until(session, "the queue", () => session.transcript.live.queue.followUp.length === 1);
  return session;
}

test("a card is taken back into the composer, the others stay queued in their order", async () => {
  const session = await queued("cards");
  browser = await openBrowser({ colorScheme: "dark" });
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const field = page.getByRole("textbox", { name: "Message pi" });
  const list = page.getByRole("list", { name: "Queued messages" });
  await list.getByText("after that").waitFor();
  await expectAccessible(page, ".dock-area");
  await list
    .getByRole("listitem")
    .filter({ hasText: "steer one" })
    .getByRole("button", { name: /Take back/ })
    .click();
  await expect.poll(() => field.inputValue()).toBe("steer one");
  await page.locator("#prompt:focus").waitFor();
  await until(session, "the rest", () => session.transcript.live.queue.steering.join() === "steer two");
  await until(session, "the rest", () => session.transcript.live.queue.followUp.join() === "after that");
  await field.press("Alt+ArrowUp");
  await expect.poll(() => field.inputValue()).toBe("steer two\n\nafter that\n\nsteer one");
  await until(session, "an empty queue", () => session.transcript.live.queue.steering.length === 0);
  daemon.model.gates.open("cards");
  expectQuiet();
});

test("on a phone the queue is a line that unfolds", async () => {
  const session = await queued("line");
  browser = await openBrowser({ screen: "phone" });
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const fold = page.getByRole("button", { name: "3 messages queued" });
  await fold.waitFor();
  expect(await page.getByText("steer two").isVisible()).toBe(false);
  await expectAccessible(page, ".dock-area");
  await fold.tap();
  await page.getByText("steer two").waitFor();
  daemon.model.gates.open("line");
  expectQuiet(/401/);
});

test("a double click on Stop does not send what came back, one on Send does not stop what it began; one types on in the field", async () => {
  const session = await queued("twice");
  browser = await openBrowser();
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${session.session}`);
  const field = page.getByRole("textbox", { name: "Message pi" });
  const stop = page.getByRole("button", { name: "Stop", exact: true });
  const send = page.getByRole("button", { name: "Send", exact: true });
  await page.getByRole("list", { name: "Queued messages" }).getByText("after that").waitFor();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  // The second click at either end: Send is less wide than Stop.
  const [left, right] = await ends(stop);
  await page.mouse.click(...right);
  await send.and(page.locator(":enabled")).waitFor();
  await page.mouse.click(...right);
  await page.mouse.click(...left);
  expect(await field.inputValue()).toBe("steer one\n\nsteer two\n\nafter that");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(`new\n${script([{ text: "On it." }, { gate: "again" }])}`);
  await page.clock.runFor(1000);
  await page.mouse.click(...right);
  expect(await field.inputValue()).toBe("");
  await stop.waitFor();
  await page.mouse.click(...right);
  await daemon.model.gates.waitForArrival("again");
  await until(session, "the turn", () => session.transcript.live.running);
  await page.keyboard.type("new");
  expect(await field.inputValue()).toBe("new");
  expect(session.transcript.live.running).toBe(true);
  expectQuiet();
});

/** Where the left and the right end of a button are. */
async function ends(button: Locator): Promise<[[number, number], [number, number]]> {
  const box = await button.boundingBox();
  if (!box) throw new Error("It is not shown.");
  const y = box.y + box.height / 2;
  return [
    [box.x + 4, y],
    [box.x + box.width - 12, y],
  ];
}
