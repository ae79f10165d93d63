import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Attachment } from "@pier/client";
import { afterAll, beforeAll, describe, test } from "vitest";
import { attachTo, openSession, play, restOf, until } from "../../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../../harness/test-daemon.ts";
import { poll } from "../../harness/wait-for.ts";
import { type Camera, looks, openCamera } from "./camera.ts";
import { storyLines } from "./story.ts";

let daemon: TestDaemon;
let empty: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
  empty = await startTestDaemon();
});
afterAll(() => Promise.all([daemon.dispose(), empty.dispose()]));

function folder(name: string): string {
  const path = join(daemon.home, "code", name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function named(name: string, place: string, say: string): Promise<Attachment> {
  const session = await openSession(daemon, { working_dir: folder(place), name });
  await play(session, [{ text: say }]);
  return session;
}

/** A session whose conversation is the story. */
async function told(name: string): Promise<string> {
  const { session, transcript } = await named(name, "tidetable", "To be replaced.");
  const { pid, sessionFile } = transcript.info ?? {};
  if (pid === undefined || sessionFile === undefined) throw new Error("the session has no process or no file");
  process.kill(pid, "SIGTERM");
  await poll(() => transcript.info?.activity === "parked", "parking");
  const header = readFileSync(sessionFile, "utf8").split("\n", 1)[0] ?? "";
  writeFileSync(sessionFile, `${[header, ...storyLines(Date.now() - 600_000)].join("\n")}\n`);
  return session;
}

describe.each(looks)("$screen, $colorScheme", (look) => {
  let camera: Camera;
  beforeAll(async () => {
    camera = await openCamera(daemon, look);
  });
  afterAll(() => camera.browser.close());

  test("sign-in", async () => {
    const page = await camera.browser.context.newPage();
    await page.goto(`${daemon.url}/session/nothing`);
    await page.getByRole("heading", { name: "Pair this device" }).waitFor();
    await camera.shoot(page, "sign-in");
  });

  test("empty", async () => {
    const other = await openCamera(empty, look);
    const page = await other.open("/");
    await page.getByRole("heading", { name: /What should pi/ }).waitFor();
    await other.shoot(page, "dashboard-empty");
    await other.browser.close();
  });

  test("dashboard, new session, settings", async () => {
    await named("Read station lists lazily", "tidetable", "Both loaders stream now, memory stays under 40 MB.");
    await named("Night style for the chart", "quay-web", "The depth contours have enough contrast now.");
    await named("Build with the new bundler", "quay-web", "All green. The bundle shrank by 11 %.");
    const page = await camera.open("/");
    await page.getByText("Night style for the chart").first().waitFor();
    await camera.shoot(page, "dashboard");
    await page
      .getByRole("button", { name: /^New/ })
      .or(page.getByRole("link", { name: /^New/ }))
      .first()
      .click();
    await page.getByRole("dialog").waitFor();
    await camera.shoot(page, "new-session");
    const settings = await camera.open("/settings");
    await settings.getByRole("heading", { name: "Devices" }).waitFor();
    await camera.shoot(settings, "settings");
  });

  test("conversation: read, working, asked", async () => {
    const id = await told("Heights off by an hour after the clock change");
    const page = await camera.open(`/session/${id}`);
    await page.getByText("left over from the first attempt").waitFor();
    await camera.shoot(page, "session");
    await page.getByText("The offset of January").scrollIntoViewIfNeeded();
    await page.locator(".katex").first().waitFor();
    await camera.shoot(page, "session-reading");
    const session = await attachTo(daemon, id);
    void session.prompt("fix the fizzbuzz and think about it");
    await until(session, "a turn", () => session.transcript.live.running);
    await page.getByRole("button", { name: "Stop" }).first().waitFor();
    await camera.shoot(page, "session-working");
    await until(session, "its end", () => !session.transcript.live.running);
    await restOf(daemon).kill(id);
    await page
      .getByRole("button", { name: /Resume/ })
      .first()
      .waitFor();
    await camera.shoot(page, "session-closed");
  });

  test("API reference", async () => {
    const page = await camera.open("/api/docs");
    await page.getByRole("heading", { name: /^Pier/ }).waitFor();
    await camera.shoot(page, "api-docs");
  });
});
