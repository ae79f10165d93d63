import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { demoEnv } from "./demo-env.ts";
import { writeDemoAgentDir } from "./write-demo-agent-dir.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "pier-demo-"));
});
afterEach(() => rm(root, { recursive: true }));

const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(root, "agent", name), "utf8"));

describe("writeDemoAgentDir", () => {
  test("models are labelled as the demo, and the folder is private", async () => {
    await writeDemoAgentDir(join(root, "agent"), { port: 4321 });
    expect(await read("models.json")).toMatchObject({
      providers: {
        "pier-demo": {
          baseUrl: "http://127.0.0.1:4321/v1",
          models: [
            { id: "demo", name: "Pier demo model", reasoning: false, input: ["text", "image"] },
            { id: "demo-reasoning", name: expect.stringContaining("demo"), reasoning: true },
          ],
        },
      },
    });
    expect((await stat(join(root, "agent"))).mode & 0o777).toBe(0o700);
    expect((await stat(join(root, "agent/settings.json"))).mode & 0o777).toBe(0o600);
    expect((await readdir(join(root, "agent"))).toSorted()).toEqual(["models.json", "settings.json"]);
  });

  test("written by several at once, is whole and leaves nothing else", async () => {
    const dir = join(root, "agent");
    await Promise.all(Array.from({ length: 8 }, () => writeDemoAgentDir(dir, { port: 4321 })));
    expect(await read("models.json")).toHaveProperty("providers.pier-demo.baseUrl", "http://127.0.0.1:4321/v1");
    expect((await readdir(dir)).toSorted()).toEqual(["models.json", "settings.json"]);
  });

  test("written again, the port changes and what the user chose stays", async () => {
    await writeDemoAgentDir(join(root, "agent"), { port: 1 });
    const chosen = { defaultModel: "demo", theme: "light", retry: { maxRetries: 7 } };
    await writeFile(join(root, "agent/settings.json"), JSON.stringify(chosen));
    await writeDemoAgentDir(join(root, "agent"), { port: 2, retry: { baseDelayMs: 5 } });
    expect(await read("models.json")).toHaveProperty("providers.pier-demo.baseUrl", "http://127.0.0.1:2/v1");
    expect(await read("settings.json")).toMatchObject({
      defaultProvider: "pier-demo",
      defaultModel: "demo",
      theme: "light",
      retry: { enabled: true, maxRetries: 7, baseDelayMs: 5, provider: { maxRetries: 0 } },
    });
  });

  test.each([
    ['{"providers":{"mine":{}}}', "configures mine"],
    ["{ // comment", "is no JSON"],
  ])("a folder with %s is somebody's own and stays as it is", async (json, reason) => {
    await writeFile(join(root, "models.json"), json);
    await expect(writeDemoAgentDir(root, { port: 1 })).rejects.toThrow(reason);
    expect(await readdir(root)).toEqual(["models.json"]);
    expect(await readFile(join(root, "models.json"), "utf8")).toBe(json);
  });
});

describe("demoEnv", () => {
  test("HOME changes only when asked", () => {
    const fixed = {
      PI_CODING_AGENT_DIR: "/a",
      PI_OFFLINE: "1",
      PI_SKIP_VERSION_CHECK: "1",
      PI_TELEMETRY: "0",
    };
    expect(demoEnv("/a", { HOME: "/h", X: "1" })).toEqual({ HOME: "/h", X: "1", ...fixed });
    expect(demoEnv("/a", {}, { home: "/b" })).toEqual({ HOME: "/b", ...fixed });
  });

  test("a proxy is not asked for loopback", () => {
    expect(demoEnv("/a", { https_proxy: "http://p", NO_PROXY: "corp" })).toMatchObject({
      https_proxy: "http://p",
      NO_PROXY: "corp,127.0.0.1,localhost,::1",
      no_proxy: "corp,127.0.0.1,localhost,::1",
    });
  });
});
