import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { openSession, play, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({
    piArgs: ["-e", rpcDemo],
    // So little is kept that three answers are enough for a summary.
    demo: { settings: { compaction: { enabled: true, reserveTokens: 4000, keepRecentTokens: 200 } } },
  });
  mkdirSync(join(daemon.folder, "src"));
  writeFileSync(join(daemon.folder, "src", "harbour pilot.ts"), "export {};\n");
  writeFileSync(join(daemon.folder, "src", "tides.ts"), "export {};\n");
  browser = await openBrowser();
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: daemon.url });
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

test("a slash: lists pi's own commands and those of extensions; arrows, Enter and Escape work from the field", async () => {
  const { web, field } = await open();
  const { page, expectQuiet } = web;
  await field.pressSequentially("/");
  const list = page.getByRole("listbox", { name: "Completions" });
  await list.getByRole("option", { name: "/rpc-input" }).waitFor();
  await list.getByRole("option", { name: /^\/compact \[instructions\]/ }).waitFor();
  expect(await list.getByRole("option", { name: "/login" }).count()).toBe(0);
  await expectAccessible(page, ".dock-area");
  await field.pressSequentially("rpcp");
  await list.getByRole("option", { selected: true, name: "/rpc-prefill" }).waitFor();
  const marked = await list.getByRole("option", { selected: true }).getAttribute("id");
  expect(await field.getAttribute("aria-activedescendant")).toBe(marked);
  await field.press("Escape");
  await list.waitFor({ state: "detached" });
  expect(await field.inputValue()).toBe("/rpcp");
  await field.fill("/n");
  await list.getByRole("option", { name: "/new" }).waitFor();
  await field.press("ArrowDown");
  await field.press("ArrowUp");
  await field.press("Tab");
  expect(await field.inputValue()).toMatch(/^\/n(ew|ame) $/);
  expectQuiet();
  await page.close();
});

test("@ completes files of the session's folder, quoted where they have blanks", async () => {
  const { web, field } = await open();
  // At once: the list for less of it would be there before, and takes no key while the answer for all of it is on its way.
  await field.fill("look at @harb");
  await web.page.getByRole("option", { name: /harbour pilot\.ts/ }).waitFor();
  await field.press("Enter");
  await expect.poll(() => field.inputValue()).toBe('look at @"src/harbour pilot.ts" ');
  web.expectQuiet();
  await web.page.close();
});

test("/name, /copy, /compact and a shell command do what they say; an unknown one goes to the model with a word", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  const enter = async (text: string): Promise<void> => {
    await field.fill(text);
    await field.press("Enter");
  };
  for (const name of ["first", "second"]) await play(session, [{ text: name }, { tokens: 300 }]);
  await play(session, [{ text: "The answer to copy." }]);
  await page.getByRole("log").getByText("The answer to copy.", { exact: true }).waitFor();
  await enter("/name Harbour works");
  await until(session, "the name", () => session.transcript.info?.name === "Harbour works");
  await enter("/copy");
  await page.getByText(/Copied 19 characters/).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("The answer to copy.");
  await enter("!echo from-the-shell");
  await until(session, "the shell's output", () =>
    session.transcript.items.some(({ message }) => JSON.stringify(message).includes("from-the-shell")),
  );
  await enter(`/compact ${script([{ gate: "compacting" }, { text: "A short summary." }])}`);
  await page.getByRole("button", { name: "Stop compacting" }).waitFor();
  await enter("this waits until pi has compacted");
  await page.getByRole("listitem").filter({ hasText: "until pi has compacted" }).filter({ hasText: "Held" }).waitFor();
  daemon.model.gates.open("compacting");
  daemon.model.gates.open("compacting");
  await page.getByText(/^Compacted: /).waitFor();
  await until(session, "the prompt that was held", () =>
    session.transcript.items.some(({ message }) => JSON.stringify(message).includes("this waits until")),
  );
  await enter("/rpc-prefil now");
  await page.getByText(/no command \/rpc-prefil.*Did you mean \/rpc-prefill/).waitFor();
  await until(session, "the text", () =>
    session.transcript.items.some(({ message }) => JSON.stringify(message).includes("/rpc-prefil now")),
  );
  web.expectQuiet();
  await page.close();
});

test("/reload warns first, and pi comes back", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  await play(session, [{ text: "Saved." }]);
  const before = session.transcript.info?.pid;
  await field.fill("/reload");
  await field.press("Enter");
  await page.getByRole("dialog", { name: "Start pi again?" }).getByRole("button", { name: "Start again" }).click();
  await page.getByText("pi was started again.").waitFor();
  await until(session, "another pi", () => session.transcript.info?.pid !== before && session.transcript.info?.pid);
  web.expectQuiet();
  await page.close();
});

test("the arrow keys bring back what was said, and in the end what was being written", async () => {
  const { session, web, field } = await open();
  await session.prompt("the first thing");
  await until(session, "its end", () => !session.transcript.live.running && session.transcript.items.length > 1);
  await web.page.getByRole("article", { name: /^You/ }).getByText("the first thing").waitFor();
  await field.fill("half a thought");
  await field.press("Home");
  await field.press("ArrowUp");
  await expect.poll(() => field.inputValue()).toBe("the first thing");
  await field.press("ArrowDown");
  await expect.poll(() => field.inputValue()).toBe("half a thought");
  web.expectQuiet();
  await web.page.close();
});

test("a list is for where the cursor stood: after it moved, or while the answer for more is on its way, nothing is garbled", async () => {
  const { web, field } = await open();
  const { page } = web;
  const tides = page.getByRole("option", { name: /tides\.ts/ });
  await field.pressSequentially("hello @tid");
  await tides.waitFor();
  await field.press("ArrowLeft");
  await tides.waitFor({ state: "detached" });
  await field.press("End");
  await field.pressSequentially("e");
  await tides.waitFor();
  const held = Promise.withResolvers<void>();
  await page.route(/files\?query=tides/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await field.pressSequentially("s");
  await field.press("Tab");
  expect(await field.inputValue()).toBe("hello @tides");
  held.resolve();
  await tides.waitFor();
  await field.press("Tab");
  await expect.poll(() => field.inputValue()).toBe("hello @src/tides.ts ");
  web.expectQuiet();
  await page.close();
});

test("undo takes a completion back, and brings back what was sent", async () => {
  const { session, web, field } = await open();
  await field.fill("read @tid");
  await web.page.getByRole("option", { name: /tides\.ts/ }).waitFor();
  await field.press("Enter");
  await expect.poll(() => field.inputValue()).toBe("read @src/tides.ts ");
  await field.press("Control+Z");
  await expect.poll(() => field.inputValue()).toBe("read @tid");
  await field.press("Control+Shift+Z");
  await expect.poll(() => field.inputValue()).toBe("read @src/tides.ts ");
  await field.press("Enter");
  await until(session, "the prompt", () => session.transcript.items.length > 0);
  expect(await field.inputValue()).toBe("");
  await field.press("Control+Z");
  await expect.poll(() => field.inputValue()).toBe("read @src/tides.ts ");
  web.expectQuiet();
  await web.page.close();
});
