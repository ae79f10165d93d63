import { Buffer } from "node:buffer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attachTo, messagesOf, restOf, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { pictureWidth } from "./harness/picture-width.ts";
import { type ReverseProxy, startReverseProxy } from "./harness/reverse-proxy.ts";
import { openPage } from "./harness/web-page.ts";

const prefix = "/tools/pier";
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
let proxy: ReverseProxy;
let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  proxy = await startReverseProxy(prefix);
  daemon = await startTestDaemon({ args: ["--base-path", prefix, "--allow-host", proxy.host] });
  proxy.target = new URL(daemon.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  proxy.close();
  await daemon.dispose();
});

test("behind a proxy that takes a prefix away: everything works, and nothing is asked for anywhere else", async () => {
  const url = `http://${proxy.host}${prefix}`;
  const elsewhere: string[] = [];
  browser.context.on("request", (request) => {
    if (request.url().startsWith("http") && !request.url().startsWith(`${url}/`)) elsewhere.push(request.url());
  });
  browser.context.on("page", (opened) =>
    opened.on("websocket", (socket) => {
      if (!socket.url().startsWith(`ws://${proxy.host}${prefix}/`)) elsewhere.push(socket.url());
    }),
  );

  // Signing in by a link, and the list.
  const { page, expectQuiet } = await openPage(browser, { url, token: daemon.token });
  expect(page.url()).toBe(`${url}/`);
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, name: "Behind a proxy" });
  await page.getByRole("link", { name: "Behind a proxy" }).click();
  await page.waitForURL(`${url}/session/${id}`);

  // A prompt, and its answer over the socket.
  const field = page.getByLabel("Message pi");
  await field.fill("Say something.");
  await field.press("Enter");
  const session = await attachTo(daemon, id);
  await until(session, "an answer", () => textsOf(messagesOf(session), "assistant").length > 0);
  await until(session, "the end", () => !session.transcript.live.running);

  // A picture with a prompt, and the same picture out of the conversation.
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (
    await chooser
  ).setFiles([
    { name: "dot.png", mimeType: "image/png", buffer: dot },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Some notes.") },
  ]);
  await page.getByRole("img", { name: "Preview of dot.png" }).waitFor();
  await page.getByRole("button", { name: "Remove notes.txt" }).waitFor();
  await field.fill("And these.");
  await field.press("Enter");
  // The answer quotes them.
  await page.getByRole("article", { name: /^You/ }).getByText("And these.").waitFor();
  const sent = page.getByRole("button", { name: "Image 1, open" }).locator("img");
  await sent.waitFor();
  await expect.poll(() => pictureWidth(sent)).toBe(1);
  expect(proxy.asked.some((asked) => asked.includes("/uploads"))).toBe(true);

  // A reload of an address inside, the other pages, and the kept page of the browser.
  await page.reload();
  await page.getByRole("heading", { name: "Behind a proxy" }).waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(({ scope }) => scope)").then((scope) => {
    expect(scope).toBe(`${url}/`);
  });
  await page.goto(`${url}/settings`);
  await page.getByText("this device").waitFor();
  await page.goto(`http://${proxy.host}${prefix}/?new`);
  await page.getByRole("dialog").getByLabel("What should pi do?").waitFor();

  expect(elsewhere).toEqual([]);
  expect(proxy.strays).toEqual([]);
  expectQuiet();
});

test("without its closing slash: leads to the page under the prefix", async () => {
  const page = await browser.context.newPage();
  await page.goto(`http://${proxy.host}${prefix}/session/nothing`);
  await page.getByRole("link", { name: "All sessions" }).last().click();
  await page.waitForURL(`http://${proxy.host}${prefix}/`);
  await page.close();
});

test("while the daemon is away and the proxy says so: the kept page opens and says it, and comes back by itself", async () => {
  const url = `http://${proxy.host}${prefix}`;
  const { page } = await openPage(browser, { url, token: daemon.token }, "/settings");
  await page.getByText("this device").waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await daemon.kill();
  await page.reload();
  await page.getByRole("heading", { name: "Pier does not answer" }).waitFor();
  await daemon.start();
  await page.getByText("this device").waitFor();
  await page.close();
});

test("another version of the page: a reload shows it at once, and from then on it is the one that is kept", async () => {
  const url = `http://${proxy.host}${prefix}`;
  const { page } = await openPage(browser, { url, token: daemon.token }, "/settings");
  await page.getByText("this device").waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  const kept = (): Promise<string[]> => page.evaluate("caches.keys()");
  const robots = (): Promise<string> => page.evaluate("document.querySelector('meta[name=robots]').content");
  const before = await kept();
  expect([before.length, await robots()]).toEqual([1, "noindex"]);
  proxy.change = (path) => {
    if (path === "/service-worker.js")
      return (text) => text.replace(/const version = "[^"]*"/, 'const version = "next"');
    return path === "/" || path === "/settings" ? (text) => text.replace("noindex", "none") : undefined;
  };
  await page.reload();
  await page.getByText("this device").waitFor();
  expect(await robots()).toBe("none");
  await expect.poll(kept, { timeout: 30_000 }).toEqual([...before, `pier ${prefix}/ next`]);
  const isSettled = (): Promise<boolean> =>
    page.evaluate(
      "navigator.serviceWorker.ready.then(({ installing, waiting, active }) => !installing && !waiting && active.state === 'activated')",
    );
  await expect.poll(isSettled, { timeout: 30_000 }).toBe(true);
  await daemon.kill();
  await page.reload();
  await page.getByRole("heading", { name: "Pier does not answer" }).waitFor();
  expect(await robots()).toBe("none");
  await daemon.start();
  await page.close();
});
