import { afterAll, beforeAll, describe, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../../harness/test-daemon.ts";
import { asking, fillDashboard } from "../harness/full-dashboard.ts";
import { type Camera, looks, openCamera } from "./camera.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon(asking);
});
afterAll(() => daemon.dispose());

/** The dashboard with something of everything, and what opens over it. */
describe("dashboard in use", () => {
  test("every look", async () => {
    const { works } = await fillDashboard(daemon);
    for (const look of looks) {
      const camera = await openCamera(daemon, look);
      await shootAll(camera, works.session);
      await camera.browser.close();
    }
    daemon.model.gates.open("works");
  });
});

async function shootAll(camera: Camera, works: string): Promise<void> {
  const page = await camera.open("/");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Yes" }).waitFor();
  await camera.shoot(page, "full");
  await page.getByRole("button", { name: /^Archived/ }).click();
  await page.getByRole("button", { name: /^Archived/ }).scrollIntoViewIfNeeded();
  await camera.shoot(page, "full-archived");
  await main.getByRole("link", { name: "Keyboard access to the map" }).hover();
  await page.getByLabel("More actions: Keyboard access to the map").click();
  await camera.shoot(page, "full-menu");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("dialog").waitFor();
  await camera.shoot(page, "full-close");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Settings for .*quay-web/ }).click();
  await page.getByRole("dialog").getByText("Set-up").waitFor();
  await camera.shoot(page, "workspace");
  await page.keyboard.press("Escape");
  await page.getByLabel("Appearance").click();
  await camera.shoot(page, "appearance");
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").fill("forecast");
  await camera.shoot(page, "search");
  await page.getByRole("searchbox").fill("nothing like it");
  await camera.shoot(page, "search-nothing");
  await page.getByRole("searchbox").fill("");
  await page.getByRole("button", { name: "Pair a phone" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  await camera.shoot(page, "pair");
  await page.goto(`${new URL(page.url()).origin}/?new`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Its own worktree").check();
  await camera.shoot(page, "new-worktree");
  await dialog.getByLabel("Model", { exact: true }).click();
  await camera.shoot(page, "new-model");
  await page.goto(`${new URL(page.url()).origin}/session/nothing-here`);
  await page.getByRole("heading", { name: "This session is not there" }).waitFor();
  await camera.shoot(page, "gone");
  await page.goto(`${new URL(page.url()).origin}/session/${works}`);
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  await page.goto(`${new URL(page.url()).origin}/settings`);
  await page.getByRole("button", { name: /Show the last/ }).click();
  await camera.shoot(page, "settings-audit");
  await page.close();
}
