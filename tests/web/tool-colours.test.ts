import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { expectAccessible } from "./harness/audit.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { assistant, result, savedSession, user } from "./harness/saved-session.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser({ colorScheme: "dark" });
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

const diff = ' 1 import { tide } from "./tide.ts";\n-2 const high = tide(1);\n+2 const high = tide(2);';

test("a file that was read and a change: code in colours, words that differ marked; a file in no language is plain", async () => {
  const id = await savedSession(daemon, [
    user("Look."),
    assistant(
      { type: "toolCall", id: "c1", name: "read", arguments: { path: "src/tide.ts" } },
      { type: "toolCall", id: "c2", name: "edit", arguments: { path: "src/main.ts", edits: [] } },
      { type: "toolCall", id: "c3", name: "read", arguments: { path: "notes" } },
    ),
    result("c1", "read", "// The moon.\nexport const tide = 1;\n"),
    result("c2", "edit", "Done.", { details: { diff } }),
    result("c3", "read", "const nothing = 1;\n"),
    assistant({ type: "text", text: "Done." }),
  ]);
  const { page, expectQuiet } = await openPage(browser, daemon, `/session/${id}`);
  const log = page.getByRole("log");
  await log.locator("summary", { hasText: "Worked" }).click();
  await log.locator("summary", { hasText: "tide.ts" }).click();
  const read = log.locator("details.tool", { hasText: "tide.ts" });
  await read.locator(".syn-comment", { hasText: "// The moon." }).waitFor();
  await read.locator(".syn-keyword", { hasText: "export" }).waitFor();
  const change = log.getByRole("group", { name: "Changes" });
  await change.locator("del .syn-keyword", { hasText: "const" }).waitFor();
  expect(await change.locator("del mark").allTextContents()).toEqual(["1"]);
  expect(await change.locator("ins mark").allTextContents()).toEqual(["2"]);
  expect(await change.locator("ins").allTextContents()).toEqual(["const high = tide(2);"]);
  await log.locator("summary", { hasText: "notes" }).click();
  const plain = log.locator("details.tool", { hasText: "notes" });
  await plain.getByText("const nothing = 1;").waitFor();
  expect(await plain.locator("[class^=syn-]").count()).toBe(0);
  await expectAccessible(page, ".transcript");
  expectQuiet();
  await page.close();
});
