import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../../harness/test-daemon.ts";
import { type Camera, looks, openCamera } from "./camera.ts";
import { type Scene, setScene } from "./scene/set-scene.ts";

let scene: Scene;
let empty: TestDaemon;
afterAll(() => Promise.all([scene.daemon.dispose(), empty.dispose()]));

test("the scene", async () => {
  empty = await startTestDaemon();
  scene = await setScene();
});

describe.each(looks)("$screen, $colorScheme", (look) => {
  let camera: Camera;
  beforeAll(async () => {
    camera = await openCamera(scene.daemon, look);
  });
  afterAll(() => camera.browser.close());

  test("sign-in", async () => {
    const page = await camera.browser.context.newPage();
    await page.goto(`${scene.daemon.url}/session/nothing`);
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
    const page = await camera.open("/");
    await page.getByText("Night style for the chart").first().waitFor();
    await page.getByRole("button", { name: "Yes" }).first().waitFor();
    await camera.shoot(page, "dashboard");
    await page.keyboard.press("n");
    await page.getByRole("dialog").getByText("Medium").waitFor();
    await camera.shoot(page, "new-session");
    const settings = await camera.open("/settings");
    await settings.getByText("this device", { exact: true }).waitFor();
    await camera.shoot(settings, "settings");
  });

  test("a conversation at work", async () => {
    const page = await openSession(camera, scene.working);
    await page.getByText("212 of 340").first().waitFor();
    await camera.shoot(page, "session-working");
    await page.getByRole("heading", { name: /The offset of January/ }).scrollIntoViewIfNeeded();
    await page.getByRole("log").hover();
    await page.mouse.wheel(0, -400);
    await page.locator(".katex").first().waitFor();
    await page.locator(".syn-keyword").first().waitFor();
    await camera.shoot(page, "session-reading");
  });

  test("a question, an answer", async () => {
    const asking = await openSession(camera, scene.asking);
    await asking.getByRole("button", { name: /^Yes/ }).waitFor();
    await camera.shoot(asking, "session-question");
    const done = await openSession(camera, scene.done);
    await done.getByText("All green.").waitFor();
    await camera.shoot(done, "session-done");
    await done.getByLabel("Session actions").click();
    await camera.shoot(done, "session-menu");
  });

  test("API reference", async () => {
    const page = await camera.open("/api/docs");
    await page.getByRole("heading", { name: /^Pier/ }).waitFor();
    await camera.shoot(page, "api-docs");
  });
});

async function openSession(camera: Camera, id: string): Promise<Page> {
  const page = await camera.open(`/session/${id}`);
  await page.getByRole("log").waitFor();
  return page;
}
