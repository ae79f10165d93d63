import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { makeRepository } from "../harness/git-repository.ts";
import { attachTo, messagesOf, openSession, restOf, textsOf, until } from "../harness/test-client.ts";
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

/** The form, open on the dashboard. */
async function openForm(query = "") {
  const opened = await openPage(browser, daemon, `/?new${query}`);
  const form = opened.page.getByRole("dialog", { name: "New session" });
  await form.waitFor();
  return { ...opened, form, folder: form.getByRole("combobox", { name: "Folder" }) };
}

/** The session whose page is shown. */
async function started(page: Page) {
  await page.waitForURL(/\/session\//);
  return restOf(daemon).get(page.url().split("/session/")[1] ?? "");
}

function folderOf(path: string): string {
  const folder = join(daemon.home, path);
  mkdirSync(folder, { recursive: true });
  return folder;
}

test("the folder: completed from those there are by Tab, arrows and Enter, and what is not there is said", async () => {
  folderOf("code/harbour/charts");
  folderOf("code/harvest");
  const { page, form, folder } = await openForm();
  await folder.fill("~/code/harb");
  await form.getByRole("option", { name: "~/code/harbour" }).waitFor();
  await folder.press("Tab");
  await expect.poll(() => folder.inputValue()).toBe("~/code/harbour/");
  await form.getByRole("option", { name: "~/code/harbour/charts" }).waitFor();
  await folder.fill("~/code/har");
  await form.getByRole("option", { name: "~/code/harvest" }).waitFor();
  await folder.press("ArrowUp");
  await folder.press("Enter");
  expect(await folder.inputValue()).toBe("~/code/harvest");
  await folder.fill("~/code/harb");
  await form.getByRole("option", { name: "~/code/harbour" }).waitFor();
  // What is open goes first, the form stays.
  await folder.press("Escape");
  await form.getByRole("option").first().waitFor({ state: "hidden" });
  expect(await form.isVisible()).toBe(true);
  await folder.fill("~/code/nowhere");
  await form.getByRole("button", { name: "Start" }).click();
  await form.getByRole("alert").filter({ hasText: "nowhere" }).waitFor();
  await folder.fill("~/code/harvest");
  await folder.press("Enter");
  expect((await started(page)).working_dir).toBe(join(daemon.home, "code/harvest"));
  await page.close();
});

test("everything chosen: model, thinking, name and ephemeral are the session's, and the prompt is sent", async () => {
  const { page, form, expectQuiet } = await openForm(`&folder=${encodeURIComponent(folderOf("chosen"))}`);
  await form.getByRole("button", { name: /^Model/ }).click();
  await form.getByRole("combobox", { name: "Search models" }).fill("reason");
  await expect.poll(() => form.getByRole("option").allTextContents()).toEqual(["demo-reasoning pier-demo"]);
  await page.keyboard.press("Enter");
  await form.getByRole("button", { name: "Model demo-reasoning pier-demo" }).waitFor();
  await form.getByRole("radio", { name: "High", exact: true }).check();
  await form.getByLabel("Name", { exact: true }).fill("All of it");
  await form.getByLabel(/^Ephemeral/).check();
  await form.getByLabel("What should pi do?").fill("Two lines:\nthe second");
  await form.getByLabel("What should pi do?").press("Enter");
  const { id } = await started(page);
  const session = await attachTo(daemon, id);
  await until(session, "the prompt", () => textsOf(messagesOf(session), "user").includes("Two lines:\nthe second"));
  expect(await restOf(daemon).get(id)).toMatchObject({
    name: "All of it",
    model: "demo-reasoning",
    thinking_level: "high",
    ephemeral: true,
  });
  expectQuiet();
  await page.close();
});

test("pi that does not start: its own words are shown, what was typed stays, and another choice starts", async () => {
  const folder = folderOf("wants-a-model");
  mkdirSync(join(folder, ".pier"));
  writeFileSync(
    join(folder, ".pier", "workspace.toml"),
    '[session]\nprovider = "nobody"\nmodel = "no-such-model"\nthinking_level = "low"\n',
  );
  const { page, form } = await openForm(`&folder=${encodeURIComponent(folder)}`);
  await form.getByRole("button", { name: "Model no-such-model nobody" }).waitFor();
  expect(await form.getByRole("radio", { name: "Low" }).isChecked()).toBe(true);
  await form.getByLabel("What should pi do?").fill("Keep this");
  await form.getByRole("button", { name: "Start" }).click();
  const said = form.getByRole("alert");
  await said.getByText("The session did not start").waitFor();
  expect(await said.textContent()).toContain("nobody");
  expect(await form.getByLabel("What should pi do?").inputValue()).toBe("Keep this");
  expect(await restOf(daemon).list()).toEqual([]);
  await form.getByRole("button", { name: /^Model/ }).click();
  await form.getByRole("option", { name: "demo-reasoning pier-demo" }).click();
  await form.getByRole("button", { name: "Start" }).click();
  expect(await started(page)).toMatchObject({ model: "demo-reasoning", thinking_level: "low" });
  await page.close();
});

test("a form that is left keeps what was typed for the next one", async () => {
  const { page, form } = await openForm();
  await form.getByLabel("What should pi do?").fill("Half a thought");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  await page.keyboard.press("n");
  await expect.poll(() => form.getByLabel("What should pi do?").inputValue()).toBe("Half a thought");
  await page.close();
});

test("a project that sets its worktrees up: asked about, then run", async () => {
  const { path } = makeRepository(daemon, "sets-up", {
    ".pier/workspace.toml": '[setup]\ncommand = "echo done > set-up.txt"\n\n[workspace]\nmode = "worktree"\n',
  });
  const { page, form } = await openForm(`&folder=${encodeURIComponent(path)}`);
  // Whoever may not look there sees its settings once somebody works in it.
  await form.getByLabel("Its own worktree").check();
  await form.getByLabel("Name", { exact: true }).fill("With set-up");
  await form.getByRole("button", { name: "Start" }).click();
  await form.getByRole("alert").getByText("echo done > set-up.txt").waitFor();
  await form.getByRole("button", { name: "Run it and start" }).click();
  const { working_dir } = await started(page);
  expect(readFileSync(join(working_dir, "set-up.txt"), "utf8")).toBe("done\n");
  await page.close();
});

test("an .envrc that direnv does not trust: its words, allowed and tried again; or left away", async () => {
  const folder = folderOf("with-envrc");
  writeFileSync(join(folder, ".envrc"), "export FROM_ENVRC=yes\n");
  const { page, form } = await openForm(`&folder=${encodeURIComponent(folder)}`);
  await form.getByRole("button", { name: "Start" }).click();
  await form.getByRole("alert").filter({ hasText: "is blocked" }).waitFor();
  await form.getByRole("button", { name: "Allow and retry" }).click();
  const { id } = await started(page);
  const session = await attachTo(daemon, id);
  expect((await session.bash('echo "$FROM_ENVRC"')).output.trim()).toBe("yes");
  await page.close();
  writeFileSync(join(folder, ".envrc"), "export FROM_ENVRC=other\n");
  const second = await openForm(`&folder=${encodeURIComponent(folder)}`);
  await second.form.getByRole("button", { name: "Start" }).click();
  await second.form.getByRole("button", { name: "Start without it" }).click();
  const without = await attachTo(daemon, (await started(second.page)).id);
  expect((await without.bash('echo "${FROM_ENVRC-none}"')).output.trim()).toBe("none");
  await second.page.close();
});

test("an .envrc that changed while a session was archived: resumed from the list once it is allowed", async () => {
  const folder = folderOf("envrc-later");
  const { session } = await openSession(daemon, { working_dir: folder, name: "Later blocked" });
  await restOf(daemon).kill(session);
  writeFileSync(join(folder, ".envrc"), "export FROM_ENVRC=later\n");
  const { page } = await openPage(browser, daemon);
  await page.getByRole("button", { name: "Archived 1" }).click();
  await page.getByRole("link", { name: "Later blocked" }).hover();
  await page.getByRole("button", { name: "Resume: Later blocked" }).click();
  const question = page.getByRole("dialog", { name: "Allow this folder's environment?" });
  await question.getByText("is blocked").waitFor();
  await question.getByRole("button", { name: "Allow and resume" }).click();
  const { id } = await started(page);
  expect((await (await attachTo(daemon, id)).bash('echo "$FROM_ENVRC"')).output.trim()).toBe("later");
  await page.close();
});

test("a worktree of its own: on the branch that was named, offered to be removed on close, kept while there is work in it", async () => {
  const { path, git } = makeRepository(daemon, "tides");
  const begin = async (branch: string) => {
    const { page, form } = await openForm(`&folder=${encodeURIComponent(path)}`);
    await form.getByLabel("Its own worktree").check();
    await form.getByLabel("New branch").fill(branch);
    await form.getByLabel("Name", { exact: true }).fill(branch);
    await form.getByRole("button", { name: "Start" }).click();
    const { worktree, working_dir } = await started(page);
    expect(worktree).toMatchObject({ branch });
    await page.close();
    return working_dir;
  };
  const clean = await begin("clean");
  const dirty = await begin("dirty");
  writeFileSync(join(dirty, "new.txt"), "work\n");
  const { page, expectQuiet } = await openPage(browser, daemon);
  const archive = async (name: string) => {
    await page.getByRole("link", { name, exact: true }).hover();
    await page.getByRole("button", { name: `Archive: ${name}` }).click();
  };
  await archive("dirty");
  await page.getByText(/Its worktree .*dirty stays, for there is work in it on dirty/).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
  await archive("clean");
  const question = page.getByRole("dialog", { name: "Remove its worktree too?" });
  await question.getByRole("button", { name: "Remove" }).click();
  await question.waitFor({ state: "detached" });
  await expect.poll(() => existsSync(clean)).toBe(false);
  expect(existsSync(join(dirty, "new.txt"))).toBe(true);
  await expect.poll(() => git("branch", "--format=%(refname:short)").split("\n")).toEqual(["dirty", "main"]);
  expectQuiet();
  await page.close();
});

test("a new one like it: the same folder, model, thinking level and kind of place", async () => {
  const { path } = makeRepository(daemon, "alike");
  await restOf(daemon).create({
    working_dir: path,
    name: "The first",
    provider: "pier-demo",
    model: "demo-reasoning",
    thinking_level: "low",
    workspace: { mode: "worktree" },
  });
  const { page, expectQuiet } = await openPage(browser, daemon);
  await page.getByRole("link", { name: "The first" }).hover();
  await page.getByLabel("More actions: The first").click();
  await page.getByRole("link", { name: "New one like it" }).click();
  const form = page.getByRole("dialog", { name: "New session" });
  await expect.poll(() => form.getByRole("combobox", { name: "Folder" }).inputValue()).toBe(path);
  await expect.poll(() => form.getByLabel("Its own worktree").isChecked()).toBe(true);
  await expect.poll(() => form.getByRole("radio", { name: "Low" }).isChecked()).toBe(true);
  expectQuiet();
  await page.close();
});

test("on a phone: Enter is a new line, recent folders are a tap away, and Start starts", async () => {
  const folder = folderOf("on-the-phone");
  await restOf(daemon).create({ working_dir: folder, name: "Was here" });
  const phone = await openBrowser({ screen: "phone" });
  const { page, expectQuiet } = await openPage(phone, daemon);
  await page
    .getByRole("link", { name: "New session", exact: true })
    .or(page.getByRole("link", { name: "New", exact: true }))
    .first()
    .tap();
  const form = page.getByRole("dialog", { name: "New session" });
  const text = form.getByLabel("What should pi do?");
  await text.fill("One");
  await text.press("Enter");
  expect(await text.inputValue()).toBe("One\n");
  await form.getByRole("button", { name: "on-the-phone" }).tap();
  await form.getByRole("button", { name: "Start" }).tap();
  await page.waitForURL(/\/session\//);
  expect((await restOf(daemon).get(page.url().split("/session/")[1] ?? "")).working_dir).toBe(folder);
  expectQuiet();
  await phone.close();
});
