import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { processEnvironment } from "../harness/process-environment.ts";
import { launcher, runHere } from "./programs.ts";
import { Terminal } from "./terminal.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test("pier serve in a terminal, lets the first browser in by a link; Ctrl+C closes it; once paired, there is no link", async () => {
  const home = mkdtempSync(join(tmpdir(), "pier-cli-"));
  const env = processEnvironment(home);
  const pier = (...args: string[]) => runHere("pier", args, { env, cwd: home });
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const serve = () =>
    new Terminal([process.execPath, launcher("pier"), "serve", "--demo", "--port", "0"], { env, cwd: home });

  const first = serve();
  const text = await first.shows(/#pair=[\w-]{43}$/m);
  const [, url = "", secret = ""] = /(http:\/\/127\.0\.0\.1:\d+)\/#pair=([\w-]{43})/.exec(text) ?? [];
  expect(text).toContain(`Listening on ${url}`);
  const exchange = await fetch(`${url}/api/pair`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: secret, kind: "token" }),
  });
  expect(exchange.status).toBe(200);
  first.press("C-c");
  await first.shows(/Closed\. No turn was under way[^]*exit code 0/);

  const second = serve();
  const again = await second.shows(/pier pair +lets a browser/);
  // Not left to the end of the test: the terminals go first there, and the demo model would stay.
  expect((await pier("stop")).code).toBe(0);
  await second.shows(/Stopped\.\nexit code 0/);
  expect(again).not.toContain("#pair=");
});
