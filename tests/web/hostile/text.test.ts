import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { script } from "@pier/demo-model";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, play, restOf, until } from "../../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "../harness/browser.ts";
import { assistant, result, savedSession, user } from "../harness/saved-session.ts";
import { openPage, type WebPage } from "../harness/web-page.ts";
import { answer, html, lines, markdown, run, terminal } from "./corpus.ts";
import { type HarmWatch, watchHarm } from "./watch-harm.ts";

const questions = fileURLToPath(new URL("../../fixtures/extensions/questions.ts", import.meta.url));

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", questions] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

async function open(path: string): Promise<WebPage & HarmWatch> {
  const web = await openPage(browser, daemon, path);
  return { ...web, ...(await watchHarm(web.page)) };
}

async function close(web: WebPage & HarmWatch): Promise<void> {
  await web.expectHarmless();
  web.expectQuiet();
  await web.page.close();
}

const image = `<img src=x onerror=${run}>`;
const everything = [...html, ...markdown, ...terminal].join("\n");
/** What is readable in HTML and in Markdown alike: without what Markdown takes for marks. */
const readable = html.filter((text) => !/[*_~`\\&$[\]\0\t]/.test(text));

/** Opens a fold that is shown, and says whether there was one. In one step: a row may leave the window between two. */
function openNext(log: Locator): Promise<boolean> {
  return log.evaluate((element) => {
    const next = [...element.querySelectorAll("details:not([open]) > summary, button")].find(
      (fold) => fold.matches("summary") || fold.textContent.includes("Show all"),
    );
    next?.click();
    return next !== undefined;
  });
}

/** Everything that a conversation shows, from its beginning to its end, each fold opened. */
async function readAll(page: Page): Promise<string> {
  const log = page.getByRole("log");
  const read: string[] = [];
  await log.evaluate((element) => element.scrollTo(0, 0));
  for (let isAtEnd = false; !isAtEnd;) {
    do await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
    while (await openNext(log));
    read.push(await log.evaluate((element) => element.textContent));
    isAtEnd = await log.evaluate((element) => {
      const before = element.scrollTop;
      element.scrollBy(0, 0.6 * element.clientHeight);
      return element.scrollTop === before;
    });
  }
  return read.join("\n");
}

test("a saved conversation, hostile in every part of it: shown as text", async () => {
  const path = `src/${image}.ts`;
  const edits = [{ oldText: everything, newText: `x${everything}` }];
  const diff = html.map((text, at) => `-${at} ${text}\n+${at} ${text}x`).join("\n");
  const id = await savedSession(daemon, [
    user(`From a person\n${everything}`),
    assistant(
      { type: "thinking", thinking: `From a thought\n${everything}` },
      { type: "toolCall", id: "c1", name: "bash", arguments: { command: `From a command\n${everything}` } },
      { type: "toolCall", id: "c2", name: "read", arguments: { path } },
      { type: "toolCall", id: "c3", name: "edit", arguments: { path, edits } },
      { type: "toolCall", id: "c4", name: "write", arguments: { path, content: `From a file\n${everything}` } },
      { type: "toolCall", id: "c5", name: `">${image}`, arguments: { [image]: everything } },
    ),
    result("c1", "bash", `From an output\n${everything}`, { isError: true }),
    result("c2", "read", `From a reading\n${everything}`),
    result("c3", "edit", "Done.", { details: { diff } }),
    result("c4", "write", everything),
    result("c5", "other", `From another tool\n${everything}`),
    { type: "custom_message", customType: image, content: `From an extension\n${everything}`, display: true },
    { type: "branch_summary", fromId: "00000001", summary: `From a summary\n${everything}` },
    { type: image, words: everything },
    assistant({ type: "text", text: "The end." }),
  ]);
  const web = await open(`/session/${id}`);
  await web.page.getByRole("log").getByText("The end.").waitFor();
  const shown = await readAll(web.page);
  const places = ["person", "thought", "command", "output", "reading", "another tool", "extension", "summary"];
  const missing = [...places.map((place) => `${place}\n`), ...html.filter((text) => !text.includes("\0"))];
  expect(missing.filter((text) => !shown.includes(text))).toEqual([]);
  await close(web);
});

test("an answer of nothing else: text, links that lead where they say, formulas and diagrams that do nothing", async () => {
  const id = await savedSession(daemon, [user("Go on."), assistant({ type: "text", text: answer })]);
  const web = await open(`/session/${id}`);
  const { page } = web;
  const prose = page.locator(".prose:has(.diagram)");
  await prose.waitFor();
  for (const diagram of await prose.locator(".diagram").all()) {
    // It is drawn when it is seen, and a page that is still being laid out keeps to its end: nobody turned a wheel.
    const drawn = async (): Promise<number> => {
      await diagram.scrollIntoViewIfNeeded();
      return diagram.locator(".diagram__picture, .diagram__problem").count();
    };
    await expect.poll(drawn).toBe(1);
  }
  for (const block of await prose.locator(".math").all())
    await block.locator(".katex, code.negative").first().waitFor({ state: "attached" });
  const shown = await prose.evaluate((element) => element.textContent);
  expect(readable.length).toBeGreaterThan(50);
  expect(readable.filter((text) => !shown.includes(text))).toEqual([]);
  const links = await prose.locator("a[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  expect(links.filter((href) => !/^(?:https?:|mailto:|#)/.test(href ?? ""))).toEqual([]);
  await close(web);
});

test("the same while it is written, character by character, with thinking and a tool before it", async () => {
  const session = await openSession(daemon);
  const web = await open(`/session/${session.session}`);
  writeFileSync(join(daemon.folder, "hostile.txt"), everything);
  const turn = session.prompt(
    `Go\n${script([
      { think: everything, size: 40, delay: 1 },
      { tool: "bash", args: { command: "cat hostile.txt" } },
      { tool: "read", args: { path: "hostile.txt" } },
      { text: answer, size: 2, delay: 1 },
      { gate: "written" },
    ])}`,
  );
  await daemon.model.gates.waitForArrival("written");
  await web.page.getByRole("log").getByText("＜script＞").last().waitFor();
  await web.expectHarmless();
  daemon.model.gates.open("written");
  await turn;
  await until(session, "the end", () => !session.transcript.live.running);
  await web.page.getByRole("log").getByText("＜script＞").last().waitFor();
  await close(web);
});

test("extensions: dialogs, widgets, statuses, notices, a title and words for the composer", async () => {
  const session = await openSession(daemon);
  const web = await open(`/session/${session.session}`);
  const { page } = web;
  const ask = (...asked: unknown[][]): void => void session.prompt(`/ask ${JSON.stringify(asked)}`).catch(() => {});
  const text = lines.join("\n");
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  ask(["notify", `A notice ${image}`]);
  await page.getByRole("status").getByText(`A notice ${image}`).waitFor();
  ask(
    ["setWidget", image, lines],
    ["setWidget", `below ${image}`, lines, { placement: "belowEditor" }],
    ["setStatus", image, `A status ${image}`],
    ["setTitle", image],
    ["setEditorText", text],
    ["select", `Which? ${image}`, [...lines]],
    ["confirm", `Sure? ${image}`, text],
    ["input", `A line? ${image}`, image],
    ["editor", `A text? ${image}`, text],
  );
  await page.getByText(`A status ${image}`).waitFor();
  for (const name of ["Which?", "Sure?", "A line?", "A text?"]) {
    const question = page.getByRole("alertdialog", { name: `${name} ${image}` });
    await question.waitFor();
    await web.expectHarmless();
    await question.getByText(`${name} ${image}`).first().waitFor();
    await page.keyboard.press("Escape");
  }
  const widget = page.getByRole("group", { name: `Widget ${image}`, exact: true });
  const shown = await widget.evaluate((element) => element.textContent);
  expect(html.filter((one) => lines.includes(one) && !shown.includes(one))).toEqual([]);
  await close(web);
});

test("names: of sessions, folders, files and models, on every page that lists them", async () => {
  const folder = join(daemon.folder, `<img src=x onerror=${run}>`);
  mkdirSync(folder);
  writeFileSync(join(folder, `<svg onload=${run}>.ts`), "");
  const session = await openSession(daemon, { working_dir: folder });
  await play(session, [{ text: `The last line ${image}` }]);
  const dashboard = await open("/");
  const web = await open(`/session/${session.session}`);
  for (const name of [image, `</title><script>${run}</script>`, `\u202E${image}`]) {
    await restOf(daemon).update(session.session, { name });
    await web.page.getByRole("heading", { name: name.replace("\u202E", "") }).waitFor();
    await dashboard.page
      .getByRole("link", { name: name.replace("\u202E", "") })
      .first()
      .waitFor();
    await expect.poll(() => web.page.title()).toContain(name.slice(1));
    await web.expectHarmless();
    await dashboard.expectHarmless();
  }
  await web.page.getByRole("textbox", { name: "Message pi" }).pressSequentially("@svg");
  await web.page.getByRole("option", { name: /svg onload/ }).waitFor();
  await close(web);
  await close(dashboard);
});

test("marks that reorder what follows: code, commands, what they print and changes say where they are", async () => {
  const session = await openSession(daemon);
  const hidden = "if (\u202E } 1\u2066 admin";
  const shown = "if ([U+202E] } 1[U+2066] admin";
  await play(session, [
    { tool: "bash", args: { command: `echo '${hidden}'` } },
    { tool: "write", args: { path: "hidden.ts", content: "if (admin\n" } },
    { tool: "edit", args: { path: "hidden.ts", edits: [{ oldText: "if (admin", newText: hidden }] } },
    { text: `A word: \`${hidden}\`\n\n\`\`\`ts\n${hidden}\n\`\`\`` },
  ]);
  const web = await open(`/session/${session.session}`);
  const log = web.page.getByRole("log");
  await log.locator("p", { hasText: /^A word:/ }).waitFor();
  await expect.poll(async () => !(await openNext(log))).toBe(true);
  for (const place of ["summary code", ".tool__output code", "ins.diff__line", "p code", "pre code"]) {
    await log.locator(place).filter({ hasText: shown }).first().waitFor();
  }
  for (const text of await log.locator("code").allTextContents()) expect(text).not.toMatch(/[\u202E\u2066]/);
  await close(web);
});

test("the watch itself: sees what runs, what is asked for elsewhere and what could do so", async () => {
  const web = await open("/");
  await web.expectHarmless();
  await web.page.evaluate(`(() => {
    const link = document.createElement("a");
    link.setAttribute("href", "javascript:${run}");
    document.body.append(link);
    new Image().src = "https://evil.example/pixel.png";
    alert("Hello");
    globalThis.ran = 1;
  })()`);
  await expect.poll(() => web.errors).not.toEqual([]);
  for (const harm of [
    "a dialog: Hello",
    "it ran in",
    "an attribute href=javascript:",
    "the policy was broken: img-src",
  ])
    await expect.poll(() => web.expectHarmless().catch(String)).toContain(harm);
  await web.page.close();
});
