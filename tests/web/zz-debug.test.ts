import { test } from "vitest";
import { openSession, play } from "../harness/test-client.ts";
import { startTestDaemon } from "../harness/test-daemon.ts";
import { openBrowser } from "./harness/browser.ts";
import { pairingLink } from "./harness/pairing-link.ts";
test("debug", async () => {
  const daemon = await startTestDaemon();
  const browser = await openBrowser();
  const session = await openSession(daemon);
  await play(session, [{ text: "hello" }]);
  const page = await browser.context.newPage();
  page.on("console", (m) => console.log("CONSOLE", m.text()));
  page.on("pageerror", (m) => console.log("PAGEERROR", String(m)));
  await page.goto(await pairingLink(daemon));
  await page.getByRole("banner").waitFor();
  const cdp = await browser.context.newCDPSession(page);
  await cdp.send("Debugger.enable");
  cdp.on("Debugger.paused", ({ callFrames }) => {
    console.log(
      callFrames
        .slice(0, 25)
        .map((f) => `${f.functionName} ${f.url.split("/").pop()}:${f.location.lineNumber}`)
        .join("\n"),
    );
    void cdp.send("Debugger.resume");
  });
  void page.goto(`${daemon.url}/session/${session.session}`).catch(() => {});
  await new Promise((r) => setTimeout(r, 5000));
  for (let i = 0; i < 3; i++) {
    await cdp.send("Debugger.pause");
    await new Promise((r) => setTimeout(r, 1500));
    console.log("----");
  }
  await browser.close();
  await daemon.dispose();
}, 60000);
