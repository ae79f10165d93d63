import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { openBrowser, type TestBrowser } from "./harness/browser.ts";
import { assistant, result, savedSession, user } from "./harness/saved-session.ts";
import { openPage } from "./harness/web-page.ts";

let daemon: TestDaemon;
let browser: TestBrowser;
beforeAll(async () => {
  daemon = await startTestDaemon();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await daemon.dispose();
});

const line = "One line of **many**, with `code` and [a link](https://example.org/).\n";
const large = `The first words.\n\n${line.repeat(Math.ceil(5_000_000 / line.length))}\nThe last words.`;

test.each([
  ["an answer", [assistant({ type: "text", text: large })]],
  [
    "a tool's output",
    [
      assistant({ type: "toolCall", id: "c1", name: "bash", arguments: { command: "cat large" } }),
      result("c1", "bash", `${large}\n\nCommand exited with code 1`, { isError: true }),
    ],
  ],
])(
  "%s of 5 MB: its ends at once, all of it on request, and never more elements than a page can hold",
  async (_, said) => {
    const id = await savedSession(daemon, [user("Tell me all."), ...said]);
    const { page, expectQuiet } = await openPage(browser, daemon, `/session/${id}`);
    const log = page.getByRole("log");
    const elements = (): Promise<number> => page.evaluate<number>("document.querySelectorAll('*').length");
    await log.getByText("The last words.").waitFor();
    const before = await elements();
    expect(before).toBeLessThan(1_500);
    expect(await log.evaluate(({ textContent }) => textContent.length)).toBeLessThan(50_000);
    await log.getByRole("button", { name: /^Show all, 5(\.\d)? MB$/ }).click();
    await expect
      .poll(() => log.evaluate(({ textContent }) => textContent.length), { timeout: 30_000 })
      .toBeGreaterThan(4_900_000);
    expect((await elements()) - before).toBeLessThan(2_000);
    // The page still does what it is asked.
    await log.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await log.getByText("The last words.").waitFor();
    expectQuiet();
    await page.close();
  },
);
