import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { script } from "@pier/demo-model";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, play, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { everyKind, longWord } from "./harness/every-kind.ts";
import { pictureWidth } from "./harness/picture-width.ts";
import { assistant, savedSession, user } from "./harness/saved-session.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let desktop: TestBrowser;
let phone: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
  desktop = await openBrowser();
  phone = await openBrowser({ screen: "phone", colorScheme: "dark" });
  await desktop.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: daemon.url });
});
afterAll(async () => {
  await Promise.all([desktop.close(), phone.close()]);
  await daemon.dispose();
});

/** A page with a conversation in which the model said this. */
async function said(text: string, browser = desktop): Promise<WebPage & { prose: Locator }> {
  const id = await savedSession(daemon, [user("Tell me."), assistant({ type: "text", text })]);
  const web = await openPage(browser, daemon, `/session/${id}`);
  const prose = web.page.getByRole("log").locator(".prose");
  await prose.locator(":scope > *").first().waitFor();
  return { ...web, prose };
}

const width = (of: Locator): Promise<number> => of.evaluate((element) => element.getBoundingClientRect().width);

test("on a phone: what is wide scrolls in itself or wraps, the page does not", async () => {
  const { page, prose, expectQuiet } = await said(everyKind, phone);
  await prose.getByText("The last line.").waitFor();
  const table = prose.getByRole("group", { name: "Table: Station, Before, After" });
  await table.scrollIntoViewIfNeeded();
  const [own, inside] = await table.evaluate(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth] as const);
  expect(inside).toBeGreaterThan(own);
  await table.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => table.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  expect(await width(prose.getByText(longWord))).toBeLessThanOrEqual(390);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(390);
  const log = page.getByRole("log");
  expect(await log.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await prose.locator(".diagram__picture").waitFor();
  await prose.locator(".katex").first().waitFor();
  await expectAccessible(page, ".transcript");
  expectQuiet();
  await page.close();
});

test("headings, lists, tasks, quotes and tables are what they look like; paragraphs have their own direction", async () => {
  const { page, prose, expectQuiet } = await said(everyKind);
  await prose.getByRole("heading", { name: "The offset of January", level: 3 }).waitFor();
  await prose.getByRole("heading", { name: "What to do", level: 4 }).waitFor();
  expect(await prose.locator("ol > li").count()).toBe(3);
  expect(await prose.getByRole("checkbox", { name: "Done" }).isChecked()).toBe(true);
  expect(await prose.getByRole("checkbox", { name: "To do" }).isChecked()).toBe(false);
  expect(await prose.getByRole("checkbox", { name: "Done" }).isDisabled()).toBe(true);
  await prose.locator("blockquote").getByRole("listitem").waitFor();
  expect(await prose.getByRole("columnheader").allTextContents()).toContain("Difference");
  expect(
    await prose
      .getByRole("row", { name: /^North quay/ })
      .getByRole("cell")
      .count(),
  ).toBe(6);
  const arabic = prose.getByText("هذه فقرة");
  expect(await arabic.evaluate((element) => element.matches(":dir(rtl)"))).toBe(true);
  expect(await arabic.locator("code").evaluate((element) => element.matches(":dir(ltr)"))).toBe(true);
  expectQuiet();
  await page.close();
});

test("links open in another tab that learns nothing of this one; one in disguise names its host", async () => {
  const { page, prose, expectQuiet } = await said(
    "# A part\n\n[words](https://example.org/a) [bank.example](https://evil.example/) [back](#a-part)",
  );
  const link = prose.getByRole("link", { name: "words" });
  expect(await link.getAttribute("target")).toBe("_blank");
  expect((await link.getAttribute("rel"))?.split(" ")).toEqual(expect.arrayContaining(["noopener", "noreferrer"]));
  await prose.getByText("(evil.example)").waitFor();
  const before = page.url();
  await prose.getByRole("link", { name: "back" }).click();
  await prose.locator("h3:focus").waitFor();
  expect(page.url()).toBe(before);
  expectQuiet();
  await page.close();
});

test("code while it is written and after: colours once its fence closes, copied as it is, what is finished stays", async () => {
  const session = await openSession(daemon);
  const { page, expectQuiet } = await openPage(desktop, daemon, `/session/${session.session}`);
  const code = 'const tide = "high"; // 1 < 2\n\tlog(tide);';
  await session.prompt(
    `Go\n${script([
      { text: "First **words**.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```ts\nconst ti" },
      { gate: "inside" },
      { text: `${code.slice("const ti".length)}\n\`\`\`` },
      { gate: "closed" },
      { text: "\n\nLast *words*." },
    ])}`,
  );
  const prose = page.getByRole("log").locator(".prose");
  const block = prose.getByRole("figure", { name: "TypeScript" });
  await block.getByText("const ti").waitFor();
  expect(await block.locator("[class^=syn-]").count()).toBe(0);
  await page.evaluate(
    "globalThis.kept = [...document.querySelectorAll('.prose p, .prose strong, .prose td, .prose pre')]",
  );
  daemon.model.gates.open("inside");
  await block.locator(".syn-keyword", { hasText: "const" }).waitFor();
  await block.locator(".syn-comment", { hasText: "// 1 < 2" }).waitFor();
  daemon.model.gates.open("closed");
  await prose.getByText("Last words.").waitFor();
  await until(session, "the end", () => !session.transcript.live.running);
  await page.getByRole("log").getByRole("button", { name: "Copy answer as Markdown" }).waitFor();
  expect(await page.evaluate("kept.length >= 5 && kept.every((element) => element.isConnected)")).toBe(true);
  await block.getByRole("button", { name: "Copy code" }).click();
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toBe(code);
  expectQuiet();
  await page.close();
});

test("formulas: in a line and alone; one that is wrong shows its source, prices stay prices", async () => {
  const { page, prose, expectQuiet } = await said(
    "From $5 to $6, $x^2$ and \\(y_1\\).\n\n$$\\int_0^1 f$$\n\nWrong: $\\nosuchthing{x}$.",
  );
  await expect.poll(() => prose.locator(".katex").count()).toBe(3);
  await prose.locator(".formula .katex-display").waitFor();
  await prose.getByText("From $5 to $6").waitFor();
  const wrong = prose.locator("code.negative", { hasText: "\\nosuchthing{x}" });
  expect(await wrong.getAttribute("title")).toMatch(/Undefined control sequence/);
  expectQuiet();
  await page.close();
});

test("diagrams: a picture with its source folded; one that is wrong says so and shows its source", async () => {
  const good = "graph TD\n  A[Harbour] --> B[Sea]";
  const { page, prose, expectQuiet } = await said(
    `\`\`\`mermaid\n${good}\n\`\`\`\n\n\`\`\`mermaid\ngraph TD\n  A[Harbour --> \n\`\`\`\n`,
  );
  const [first, second] = [prose.locator(".diagram").first(), prose.locator(".diagram").last()];
  const picture = first.getByRole("img", { name: /^Flowchart/ });
  await picture.waitFor();
  // It has its place before the browser has read it.
  await expect.poll(() => pictureWidth(picture)).toBeGreaterThan(40);
  expect(await first.locator("pre").isVisible()).toBe(false);
  await first.getByText("Source").click();
  expect(await first.locator("pre").innerText()).toBe(good);
  await first.getByRole("button", { name: "Copy source" }).click();
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toBe(good);
  await second.getByText("This diagram cannot be drawn.").waitFor();
  expect(await second.locator("pre").isVisible()).toBe(true);
  // The picture is of this theme: with another one it is another picture.
  const before = await picture.getAttribute("src");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => picture.getAttribute("src")).not.toBe(before);
  await expectAccessible(page, ".transcript");
  expectQuiet();
  await page.close();
});

test("an image from elsewhere: asked for by a click only, once, without a word about who asks", async () => {
  const asked: IncomingMessage[] = [];
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  const host = createServer((request, answer) => {
    asked.push(request);
    answer.setHeader("content-type", "image/png").end(Buffer.from(pixel, "base64"));
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
  const address = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  try {
    const { page, prose, expectQuiet } = await said(`Look: ![a pixel](${address}/pixel.png) and on.`);
    const button = prose.getByRole("button", { name: "a pixel Load from 127.0.0.1" });
    await button.waitFor();
    await page.reload();
    await button.waitFor();
    expect(asked).toHaveLength(0);
    expectQuiet();
    await button.click();
    await prose.locator("iframe[title='a pixel']").waitFor();
    await expect.poll(() => asked.length).toBe(1);
    const [{ headers, url } = { headers: {}, url: "" }] = asked;
    expect(url).toBe("/pixel.png");
    expect([headers["cookie"], headers["referer"], headers["authorization"]]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await expect.poll(() => prose.locator(".remote-image__frame--loading").count()).toBe(0);
    expectQuiet(new RegExp(`^asked ${address}/pixel.png$`));
    await page.close();
  } finally {
    host.close();
  }
});

test("raw text: a switch of the session that the server keeps, so that another browser has it at once and after a reload", async () => {
  const session = await openSession(daemon);
  await play(session, [{ text: "Some **strong** words." }]);
  const path = `/session/${session.session}`;
  const [one, other] = [await openPage(desktop, daemon, path), await openPage(phone, daemon, path)];
  await other.page.getByRole("log").locator("strong", { hasText: "strong" }).waitFor();
  await one.page.getByLabel("Session actions").click();
  await one.page.getByRole("listitem").getByRole("button", { name: "Show raw text" }).click();
  await one.page.getByRole("log").getByText("Some **strong** words.", { exact: true }).waitFor();
  await other.page.getByRole("log").getByText("Some **strong** words.", { exact: true }).waitFor();
  await other.page.reload();
  await other.page.getByRole("log").getByText("Some **strong** words.", { exact: true }).waitFor();
  await one.page.getByLabel("Session actions").click();
  await one.page.getByRole("listitem").getByRole("button", { name: "Show rendered text" }).click();
  await other.page.getByRole("log").locator("strong", { hasText: "strong" }).waitFor();
  one.expectQuiet();
  other.expectQuiet();
  await Promise.all([one.page.close(), other.page.close()]);
});
