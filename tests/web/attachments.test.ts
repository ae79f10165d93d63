import { Buffer } from "node:buffer";
import type { ImageContent, UserMessage } from "@pier/protocol";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession, play, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({ demo: { settings: { images: { autoResize: false } } } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

async function open(): Promise<{ session: Awaited<ReturnType<typeof openSession>>; web: WebPage; field: Locator }> {
  const session = await openSession(daemon);
  // Files can be attached once the session has a file of its own.
  await play(session, [{ text: "Hello." }]);
  const web = await openPage(browser, daemon, `/session/${session.session}`);
  const field = web.page.getByRole("textbox", { name: "Message pi" });
  await field.waitFor();
  return { session, web, field };
}

async function pick(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (await chooser).setFiles(files);
}

/** What a person does whose clipboard, or whose other hand, holds files. */
async function give(page: Page, how: "paste" | "drop", name: string, type: string, base64: string): Promise<void> {
  await page.evaluate(
    `{
      const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
      const options = { bubbles: true, cancelable: true };
      if (${JSON.stringify(how)} === "paste")
        document.querySelector("textarea").dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }));
      else for (const kind of ["dragover", "drop"])
        document.querySelector(".chat").dispatchEvent(new DragEvent(kind, { ...options, dataTransfer: data }));
    }`,
  );
}

/** The blocks of the newest message of the user that holds a text. */
function userMessage(session: Awaited<ReturnType<typeof openSession>>, text: string): Promise<UserMessage> {
  return until(session, `"${text}"`, () => {
    const item = session.transcript.items.findLast(
      ({ message }) => message.role === "user" && JSON.stringify(message).includes(text),
    );
    return item?.message as UserMessage | undefined;
  });
}

const imagesOf = ({ content }: UserMessage): ImageContent[] =>
  (content as { type: string }[]).filter((part): part is ImageContent => part.type === "image");

test("images picked, pasted and dropped: thumbnails that can be removed, sent with the prompt", async () => {
  const { session, web, field } = await open();
  const { page, expectQuiet } = web;
  const list = page.getByRole("list", { name: "Attachments" });
  await pick(page, [{ name: "picked.png", mimeType: "image/png", buffer: dot }]);
  await list.getByRole("img", { name: "Preview of picked.png" }).waitFor();
  await give(page, "paste", "pasted.png", "image/png", dot.toString("base64"));
  await list.getByText("pasted.png").waitFor();
  await give(page, "drop", "dropped.png", "image/png", dot.toString("base64"));
  await list.getByText("dropped.png").waitFor();
  await expectAccessible(page, ".dock-area");
  await list.getByRole("button", { name: "Remove pasted.png" }).click();
  await field.fill("two pictures");
  await field.press("Enter");
  const message = await userMessage(session, "two pictures");
  expect(imagesOf(message).map(({ data, mimeType }) => [data, mimeType])).toEqual([
    [dot.toString("base64"), "image/png"],
    [dot.toString("base64"), "image/png"],
  ]);
  await list.waitFor({ state: "detached" });
  expectQuiet();
  await page.close();
});

test("a large image is made smaller, said; another kind of file is uploaded and named to the model", async () => {
  const { session, web, field } = await open();
  const { page, expectQuiet } = web;
  const large = await page.evaluate<string>(`(async () => {
    const canvas = new OffscreenCanvas(3000, 1500);
    canvas.getContext("2d").fillRect(0, 0, 3000, 1500);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
  })()`);
  await give(page, "paste", "wide.png", "image/png", large);
  await page.getByText("wide.png was made smaller: 2000 × 1000 instead of 3000 × 1500.").waitFor();
  await pick(page, [
    { name: "gauge.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") },
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") },
  ]);
  await page.getByRole("button", { name: "Remove gauge.csv" }).waitFor();
  await page.getByText("Models see PNG, JPEG, GIF and WebP images: drawing.svg goes along as a file.").waitFor();
  await page.getByRole("button", { name: "Remove drawing.svg" }).click();
  await field.fill("look at these");
  await field.press("Enter");
  const message = await userMessage(session, "look at these");
  expect(imagesOf(message)).toHaveLength(1);
  expect(JSON.stringify(message)).toMatch(/look at these.*gauge\.csv \(text\/csv, 8 bytes\)/);
  expect(JSON.stringify(message)).not.toContain("drawing.svg");
  expectQuiet();
  await page.close();
});

test("files and a shell command do not go together, said; the text stays", async () => {
  const { session, web, field } = await open();
  const { page } = web;
  await pick(page, [{ name: "picked.png", mimeType: "image/png", buffer: dot }]);
  await page.getByText("picked.png").waitFor();
  const before = session.transcript.items.length;
  await field.fill("!ls");
  await field.press("Enter");
  await page.getByText("Files and images cannot go with a shell command").waitFor();
  expect(await field.inputValue()).toBe("!ls");
  expect(session.transcript.items).toHaveLength(before);
  await pick(page, [
    { name: "broken.png", mimeType: "image/png", buffer: Buffer.concat([dot.subarray(0, 16), Buffer.alloc(64)]) },
  ]);
  await page.getByText("broken.png begins like an image, but this browser cannot read it.").waitFor();
  web.expectQuiet();
  await page.close();
});
