import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
});
afterEach(async () => {
  const rest = restOf(daemon);
  for (const { id } of await rest.list()) await rest.remove(id, { permanent: true });
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

/** The colour that the page is painted in. */
function paper(page: Page): Promise<string> {
  return page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
}

async function sessionIn(name: string) {
  const folder = join(daemon.home, name);
  mkdirSync(folder, { recursive: true });
  return { folder, ...(await restOf(daemon).create({ working_dir: folder, name: `In ${name}` })) };
}

test("the gear of a folder: what is chosen is in .pier/workspace.toml, what Pier does not know stays, and new sessions follow", async () => {
  const { folder } = await sessionIn("tidetable");
  const file = join(folder, ".pier", "workspace.toml");
  mkdirSync(join(folder, ".pier"));
  writeFileSync(file, "# Ours\n[others]\nkeep = true\n");
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("button", { name: "Settings for ~/tidetable" }).click();
  const form = page.getByRole("dialog", { name: "Settings of ~/tidetable" });
  await form.getByRole("radio", { name: "Dark" }).check();
  await form.getByRole("button", { name: /^Model/ }).click();
  await form.getByRole("option", { name: "demo-reasoning pier-demo" }).click();
  await form.getByLabel("Thinking").selectOption("high");
  await form.getByRole("radio", { name: "Its own worktree" }).check();
  await form.getByLabel("Set-up").fill("npm ci");
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  const text = readFileSync(file, "utf8");
  for (const line of [
    "# Ours",
    "keep = true",
    'theme_override = "dark"',
    'provider = "pier-demo"',
    'model = "demo-reasoning"',
    'thinking_level = "high"',
    'command = "npm ci"',
    'mode = "worktree"',
  ]) {
    expect(text).toContain(line);
  }
  await page.getByRole("link", { name: "New session in ~/tidetable" }).click();
  const start = page.getByRole("dialog", { name: "New session" });
  await start.getByRole("button", { name: "Model demo-reasoning pier-demo" }).waitFor();
  await expect.poll(() => start.getByRole("radio", { name: "High", exact: true }).isChecked()).toBe(true);
  expect(await start.getByLabel("Its own worktree").isChecked()).toBe(true);
  expect(await start.getByText("npm ci").isVisible()).toBe(true);
  expectQuiet();
  await page.close();
});

test("settings that cannot be read are said, and are never written over", async () => {
  const { folder } = await sessionIn("broken");
  mkdirSync(join(folder, ".pier"));
  writeFileSync(join(folder, ".pier", "workspace.toml"), "[ui\n");
  const { page } = await openPage(browser, daemon);
  await page.getByRole("button", { name: "Settings for ~/broken" }).click();
  const form = page.getByRole("dialog", { name: "Settings of ~/broken" });
  await form.getByRole("alert").filter({ hasText: "workspace.toml" }).waitFor();
  expect(await form.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  expect(readFileSync(join(folder, ".pier", "workspace.toml"), "utf8")).toBe("[ui\n");
  await page.close();
});

test("a folder's theme is shown while its session is, and no longer", async () => {
  const { id, folder } = await sessionIn("at-night");
  await restOf(daemon).saveWorkspaceConfig(folder, { ui: { theme_override: "dark" } });
  const other = await sessionIn("by-day");
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "In by-day" }).waitFor();
  const light = await paper(page);
  await page.getByRole("link", { name: "In at-night" }).click();
  await page.locator(":root[data-theme=dark]").waitFor({ state: "attached" });
  expect(await paper(page)).not.toBe(light);
  await page.goBack();
  await page.getByRole("link", { name: "In by-day" }).click();
  await page.waitForURL(new RegExp(other.id));
  await page.getByRole("textbox", { name: "Message pi" }).waitFor();
  expect(await paper(page)).toBe(light);
  // Nothing of it is this browser's own choice.
  await page.goto(`${daemon.url}/session/${id}`);
  await page.locator(":root[data-theme=dark]").waitFor({ state: "attached" });
  await page.goto(`${daemon.url}/`);
  await page.getByRole("link", { name: "In by-day" }).waitFor();
  expect(await paper(page)).toBe(light);
  expectQuiet();
  await page.close();
});
