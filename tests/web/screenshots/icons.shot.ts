import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "vitest";
import { openBrowser } from "../harness/browser.ts";
import { iconFiles } from "../harness/icon-files.ts";

const drawings = fileURLToPath(new URL("../../../packages/web/icons/", import.meta.url));
const folder = fileURLToPath(new URL("../../../screenshots/", import.meta.url));

// Copy them into packages/web/static when the drawing changed.
test("icons, as PNG", async () => {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  const page = await browser.context.newPage();
  for (const { name, drawing, size } of iconFiles) {
    const picture = Buffer.from(readFileSync(drawings + drawing)).toString("base64");
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="data:image/svg+xml;base64,${picture}">`,
    );
    await page.evaluate("document.querySelector('img').decode()");
    writeFileSync(folder + name, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
});
