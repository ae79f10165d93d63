import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { pairingLink } from "./harness/pairing-link.ts";
import { watchSocket } from "./harness/session-socket.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

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

async function open(): Promise<{ session: Awaited<ReturnType<typeof openSession>>; web: WebPage; field: Locator }> {
  const session = await openSession(daemon);
  const web = await openPage(browser, daemon, `/session/${session.session}`);
  const field = web.page.getByRole("textbox", { name: "Message pi" });
  await field.waitFor();
  return { session, web, field };
}

/** How many images of a draft the browser keeps: what is on its way to its database may be lost with the page. */
const keptImages = (page: Page, session: string): Promise<number> =>
  page.evaluate(`new Promise((resolve) => {
    indexedDB.open("keyval-store").onsuccess = ({ target: { result: database } }) => {
      database.transaction("keyval").objectStore("keyval").get("pier-draft:${session}").onsuccess = ({ target }) => {
        database.close();
        resolve(target.result?.images.length ?? 0);
      };
    };
  })`);

async function attachDot(page: Page): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (await chooser).setFiles([{ name: "dot.png", mimeType: "image/png", buffer: dot }]);
  await page.getByRole("list", { name: "Attachments" }).getByRole("img").waitFor();
}

test("a draft survives a reload and another page, with its image, and is gone when it was sent", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  await field.fill("half a thought");
  await attachDot(page);
  await expect.poll(() => keptImages(page, session.session)).toBe(1);
  await page.goto(daemon.url);
  await page.goto(`${daemon.url}/session/${session.session}`);
  await expect.poll(() => field.inputValue()).toBe("half a thought");
  await page.getByRole("list", { name: "Attachments" }).getByRole("img").waitFor();
  await field.press("Enter");
  await until(session, "the prompt", () =>
    session.transcript.items.some(({ message }) => JSON.stringify(message).includes("half a thought")),
  );
  await expect.poll(() => keptImages(page, session.session)).toBe(0);
  await page.reload();
  await field.waitFor();
  expect(await field.inputValue()).toBe("");
  expect(await page.getByRole("list", { name: "Attachments" }).count()).toBe(0);
  web.expectQuiet();
  await page.close();
});

test("a tab in which nothing was written leaves the draft of another tab alone", async () => {
  const { session, web, field } = await open();
  const other = await openPage(browser, daemon, `/session/${session.session}`);
  await other.page.getByRole("textbox", { name: "Message pi" }).fill("written in the other tab");
  await other.page.getByRole("link", { name: "All sessions" }).click();
  await other.page.getByRole("textbox", { name: "Message pi" }).waitFor({ state: "detached" });
  await web.page.reload();
  await expect.poll(() => field.inputValue()).toBe("written in the other tab");
  await web.page.goto(daemon.url);
  await web.page.goto(`${daemon.url}/session/${session.session}`);
  await expect.poll(() => field.inputValue()).toBe("written in the other tab");
  web.expectQuiet();
  other.expectQuiet();
  await other.page.close();
  await web.page.close();
});

test("a text too long to be kept is said, and leaves the draft before it", async () => {
  const { web, field } = await open();
  const { page } = web;
  const kept = (): Promise<string[]> => page.evaluate(() => Object.values(localStorage));
  await field.fill("short enough");
  await expect.poll(kept).toContain("short enough");
  await field.fill("too long ".repeat(60_000));
  await page.getByRole("status").getByText("too long to be kept").waitFor();
  await page.reload();
  await expect.poll(() => field.inputValue()).toBe("short enough");
  web.expectQuiet();
  await page.close();
});

test("what was sent into a dead connection is the draft after a reload, and is not sent by itself", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  await attachDot(page);
  // It takes what it is sent, says nothing, and ends before it read any of it.
  process.kill(daemon.pid, "SIGSTOP");
  await field.fill("said into the void");
  await field.press("Enter");
  await page.getByRole("list", { name: "Queued messages" }).getByText("said into the void").waitFor();
  await field.fill("!echo void");
  await field.press("Enter");
  await field.fill("and half a thought");
  await page.goto("about:blank");
  await daemon.kill();
  await daemon.start();
  const draft = "said into the void\n\n!echo void\n\nand half a thought";
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(`${daemon.url}/session/${session.session}`);
    await expect.poll(() => field.inputValue()).toBe(draft);
    await page.getByRole("list", { name: "Attachments" }).getByRole("img").waitFor();
    await expect.poll(() => keptImages(page, session.session)).toBe(1);
  }
  await until(session, "the present", () => session.transcript.caughtUp);
  expect(session.transcript.items).toEqual([]);
  web.expectQuiet(/ERR_|Failed to load|WebSocket/);
  await page.close();
});

test("what arrived though its answer did not is in the conversation after a reload, and not in the draft", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  const socket = await watchSocket(page);
  await page.reload();
  await field.waitFor();
  socket.hold();
  await field.fill("said just in time");
  await field.press("Enter");
  await page.getByRole("list", { name: "Queued messages" }).getByText("said just in time").waitFor();
  await until(session, "an answer", () => session.transcript.items.length > 1 && !session.transcript.live.running);
  await page.goto("about:blank");
  socket.letGo();
  await page.goto(`${daemon.url}/session/${session.session}`);
  await page.getByRole("article", { name: /You/ }).getByText("said just in time").waitFor();
  expect(await field.inputValue()).toBe("");
  web.expectQuiet(/ERR_|Failed to load|WebSocket/);
  await page.close();
});

test("while the connection is away a prompt waits, said, and goes out once; a shell command stays in the field", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  await browser.context.setOffline(true);
  await daemon.kill();
  await field.fill("!echo away");
  await field.press("Enter");
  await page.getByText(/no connection now|connection was lost/).waitFor();
  expect(await field.inputValue()).toBe("!echo away");
  await field.fill("said while away");
  await field.press("Enter");
  await page.getByText("goes out when the connection is back").waitFor();
  await daemon.start();
  await browser.context.setOffline(false);
  await page.getByText("goes out when the connection is back").waitFor({ state: "detached" });
  const said = (): number =>
    session.transcript.items.filter(
      ({ message }) => message.role === "user" && JSON.stringify(message).includes("said while away"),
    ).length;
  await until(session, "the prompt", () => session.transcript.caughtUp && !session.transcript.live.running && said());
  expect(said()).toBe(1);
  web.expectQuiet(/ERR_|Failed to load|WebSocket/);
  await page.close();
});

test("a device that may only look, and a closed session, have a sentence instead of a composer", async () => {
  const { session, web } = await open();
  const { page } = web;
  const reader = await openBrowser();
  try {
    const other = await reader.context.newPage();
    await other.goto(await pairingLink(daemon, "read"));
    await other.getByRole("banner").waitFor();
    await other.goto(`${daemon.url}/session/${session.session}`);
    await other.getByText("This device may only look.").waitFor();
    expect(await other.getByRole("textbox").count()).toBe(0);
  } finally {
    await reader.close();
  }
  session.prompt("something to keep").catch(() => {});
  await until(session, "an answer", () => session.transcript.items.length > 1 && !session.transcript.live.running);
  await fetch(`${daemon.url}/api/sessions/${session.session}/kill`, {
    method: "POST",
    headers: { authorization: `Bearer ${daemon.token}` },
  });
  await page.getByText("This session is closed.").waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  web.expectQuiet();
  await page.close();
});

test("a session deleted elsewhere while one writes: what was written can be copied", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await field.fill("a thought without a place");
  await fetch(`${daemon.url}/api/sessions/${session.session}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${daemon.token}` },
  });
  await page.getByRole("heading", { name: "This session is not there" }).waitFor();
  const text = page.getByRole("textbox", { name: "What you were writing" });
  expect(await text.inputValue()).toBe("a thought without a place");
  await page.getByRole("button", { name: "Copy the text" }).click();
  await page.getByRole("status").getByText("Copied").waitFor({ state: "attached" });
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("a thought without a place");
  await expectAccessible(page);
  await page.goto(`${daemon.url}/session/no-such-session`);
  await page.getByRole("heading", { name: "This session is not there" }).waitFor();
  expect(await text.count()).toBe(0);
  web.expectQuiet();
  await page.close();
});
