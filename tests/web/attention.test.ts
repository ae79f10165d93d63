import { fileURLToPath } from "node:url";
import type { Attachment } from "@pier/client";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { attachTo, connectTo, play, restOf, untilListed } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";
import { expectAccessible } from "./harness/audit.ts";
import { setVisible } from "./harness/background.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { listenTo } from "./harness/listen.ts";
import { openPage, type WebPage } from "./harness/web-page.ts";

/** A call sounds two. */
const notesOfACall = 2;
const extension = fileURLToPath(new URL("../fixtures/extensions/questions.ts", import.meta.url));
let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon({ piArgs: ["-e", extension] });
});
beforeEach(async () => {
  browser = await openBrowser();
});
afterEach(async () => {
  await browser.close();
  const rest = restOf(daemon);
  for (const { id } of await rest.list()) await rest.remove(id, { permanent: true });
});
afterAll(() => daemon.dispose());

/** A session that nobody looks at, held by a program. */
async function unwatched(name: string): Promise<Attachment> {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, name });
  return attachTo(daemon, id, { looking: false });
}

/** Opens a session's page and touches it, as a person who was there did. */
async function openTouched(session: Attachment): Promise<WebPage & { notes: () => number }> {
  const web = await openPage(browser, daemon, `/session/${session.session}`);
  return { ...web, notes: await touch(web, () => web.page.getByLabel("Message pi").click()) };
}

/** Touches a page until it is able to sound: the code that does comes after what is seen. Returns the notes so far. */
async function touch({ page }: WebPage, click: () => Promise<void>): Promise<() => number> {
  const { notes, isUnlocked } = await listenTo(page);
  await eventually(() => click().then(isUnlocked)).toBe(true);
  return notes;
}

/** Looks until it is as expected. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000, interval: 20 });
const reasonOf = async ({ session }: Attachment): Promise<string | undefined> =>
  (await restOf(daemon).get(session)).attention?.reason;
const icon = (web: WebPage): Promise<string | null> =>
  web.page.evaluate(`document.querySelector('link[rel="icon"]').href.split("/").pop()`);

test("a turn that ends in a background tab: a sound, the title and the icon say so, until it is looked at", async () => {
  const session = await unwatched("Tide tables");
  const web = await openTouched(session);
  const { page, notes } = web;
  await setVisible(page, false);
  await play(session, [{ text: "The tables are done." }]);
  await eventually(() => page.title()).toBe("Tide tables – Pier (awaiting instructions)");
  await eventually(() => icon(web)).toBe("favicon-lit.svg");
  await poll(() => notes() === notesOfACall, "the sound");
  expect(await reasonOf(session)).toBe("finished");
  await setVisible(page, true);
  await eventually(() => page.title()).toBe("Tide tables – Pier");
  await eventually(() => reasonOf(session)).toBe(undefined);
  await eventually(() => icon(web)).toBe("favicon.svg");
  expect(notes()).toBe(notesOfACall);
  web.expectQuiet();
});

test("a turn that ends before somebody's eyes, is read and calls nobody, on no device", async () => {
  const session = await unwatched("Seen");
  const list = connectTo(daemon).watch();
  const reasons = new Set<string>();
  list.subscribe(() => {
    const { attention } = list.sessions.get(session.session) ?? {};
    if (attention) reasons.add(attention.reason);
  });
  const web = await openTouched(session);
  await play(session, [{ text: "Before your eyes." }]);
  await web.page.getByText("Before your eyes.", { exact: true }).waitFor();
  await untilListed(list, "the end", () => {
    const { activity, preview } = list.sessions.get(session.session) ?? {};
    return activity === "idle" && preview === "Before your eyes.";
  });
  expect([...reasons]).toEqual([]);
  web.expectQuiet();
});

test("a page that is scrolled up, has not shown the end: it is unread until a person goes there", async () => {
  const session = await unwatched("Long");
  await play(session, [{ text: Array.from({ length: 200 }, (_, line) => `Line ${line}\n\n`).join("") }]);
  const web = await openTouched(session);
  const { page } = web;
  await page.getByText("Line 199", { exact: true }).waitFor();
  await eventually(() => reasonOf(session)).toBe(undefined);
  await page.getByRole("log").hover();
  await page.mouse.wheel(0, -2000);
  await page.getByRole("button", { name: /Latest/ }).waitFor();
  await play(session, [{ text: "Below." }]);
  await eventually(() => reasonOf(session)).toBe("finished");
  await page.getByRole("button", { name: /Latest/ }).click();
  await page.getByText("Below.", { exact: true }).waitFor();
  await eventually(() => reasonOf(session)).toBe(undefined);
  web.expectQuiet();
});

test("a question in the background: the session's tab and the list's say so, and only one of them sounds", async () => {
  const session = await unwatched("Deploys");
  const web = await openTouched(session);
  const list = await openPage(browser, daemon);
  await list.page.getByRole("link", { name: "Deploys" }).waitFor();
  const listNotes = await touch(list, () => list.page.mouse.click(4, 890));
  const heard = (): number => web.notes() + listNotes();
  await setVisible(web.page, false);
  await setVisible(list.page, false);
  const answered = session.prompt('/ask [["confirm","Deploy it?","To everybody."]]');
  await eventually(() => web.page.title()).toBe("Deploys – Pier (awaiting an answer)");
  await eventually(() => list.page.title()).toBe("(1) Pier");
  await poll(() => heard() >= notesOfACall, "the sound");
  await setVisible(list.page, true);
  await list.page.getByRole("button", { name: "Yes" }).click();
  await answered;
  await eventually(() => web.page.title()).toBe("Deploys – Pier");
  expect(heard()).toBe(notesOfACall);
  web.expectQuiet();
  list.expectQuiet();
});

test("settings: the sound can be heard, turned off for this browser, and on again", async () => {
  const session = await unwatched("Quiet");
  const web = await openPage(browser, daemon, "/settings");
  const { page } = web;
  const { notes } = await listenTo(page);
  await page.getByRole("button", { name: "Listen" }).click();
  await poll(() => notes() === notesOfACall, "the sound");
  const sound = page.getByRole("radiogroup", { name: "Sound" });
  await sound.getByText("Off").click();
  await page.reload();
  await sound.getByRole("radio", { name: "Off" }).and(page.locator(":checked")).waitFor();
  await page.getByRole("heading", { name: "Attention" }).click();
  await setVisible(page, false);
  await play(session, [{ text: "Unheard." }]);
  await eventually(() => icon(web)).toBe("favicon-lit.svg");
  await setVisible(page, true);
  await sound.getByText("On").click();
  const other = await unwatched("Loud");
  await setVisible(page, false);
  await play(other, [{ text: "Heard." }]);
  await poll(() => notes() >= 2 * notesOfACall, "the sound");
  expect(notes()).toBe(2 * notesOfACall);
  web.expectQuiet();
});

test("notifications: allowed by a click, they say which session and what, and a click on one goes there", async () => {
  await browser.context.grantPermissions(["notifications"], { origin: daemon.url });
  const session = await unwatched("Tide tables");
  const web = await openPage(browser, daemon, "/settings");
  const { page } = web;
  const notifications = page.getByRole("radiogroup", { name: "Notifications" });
  await notifications.getByText("On").click();
  await notifications.getByRole("radio", { name: "On" }).and(page.locator(":checked")).waitFor();
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  const shown = (): Promise<string[][]> =>
    page.evaluate(
      "navigator.serviceWorker.ready.then((own) => own.getNotifications()).then((all) => all.map(({ title, body }) => [title, body]))",
    );
  await setVisible(page, false);
  await play(session, [{ text: "The tables are done." }]);
  await eventually(shown).toEqual([["Tide tables", "The tables are done."]]);
  const [worker] = browser.context.serviceWorkers();
  await worker?.evaluate(
    "self.registration.getNotifications().then(([notification]) => self.dispatchEvent(new NotificationEvent('notificationclick', { notification })))",
  );
  await page.waitForURL(new RegExp(session.session));
  await setVisible(page, true);
  await eventually(shown).toEqual([]);
  web.expectQuiet();
});

test.each(["light", "dark"] as const)("settings, %s: keep nobody out", async (colorScheme) => {
  const web = await openPage(browser, daemon, "/settings");
  await web.page.emulateMedia({ colorScheme });
  await web.page.getByRole("radiogroup", { name: "Notifications" }).waitFor();
  await web.page.getByText("this device").waitFor();
  await expectAccessible(web.page);
  web.expectQuiet();
});
