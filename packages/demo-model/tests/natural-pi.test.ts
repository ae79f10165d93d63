import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemoModel } from "../src/index.ts";
import type { DemoModel } from "../src/index.ts";
import { RealPi, textOf, thinkingOf } from "./real-pi.ts";

let model: DemoModel;
beforeAll(async () => {
  model = await startDemoModel({ stepDelayMs: 0 });
});
afterAll(() => model.close());

const start = (): Promise<RealPi> => RealPi.start({ port: model.port });

describe("a person's prompt in a real pi", { timeout: 30_000 }, () => {
  test("a job is done with real tools and told by their real results", async () => {
    await using pi = await start();
    const reply = await pi.ask("Please fix the failing tests");
    expect(await readdir(pi.cwd)).toEqual(["demo"]);
    expect(await readFile(join(pi.cwd, "demo/fizzbuzz.mjs"), "utf8")).toMatch(/15[^]*3[^]*5/);
    const tools = pi.records
      .filter(({ type }) => type === "tool_execution_end")
      .map(({ toolName, isError }) => [toolName, isError]);
    expect(tools).toEqual([
      ["write", false],
      ["write", false],
      ["bash", true],
      ["read", false],
      ["edit", false],
      ["bash", false],
    ]);
    expect(textOf(reply)).toContain("| as written | 3 of 5 passed |");
    expect(textOf(reply)).toContain("| corrected | 5 of 5 passed |");
    expect(thinkingOf(await pi.waitForReply("toolUse"))).toContain("real tools");
  });

  test("a job that cannot write stops and quotes the tool", async () => {
    await using pi = await start();
    // A file in the place of the folder makes every write fail, also for root.
    await pi.command("bash", { command: "echo taken > demo" });
    const reply = await pi.ask("build something");
    expect(textOf(reply)).toContain("I stop here");
    expect(textOf(reply)).toMatch(/EEXIST|ENOTDIR/);
  });

  test("the folder is listed as it is", async () => {
    await using pi = await start();
    await pi.command("bash", { command: "mkdir sub; echo 1 > 'a b.txt'" });
    const reply = await pi.ask("list files");
    expect(textOf(reply)).toContain("1 file and 1 folder");
    expect(textOf(reply)).toContain("a b.txt");
  });

  test("an error is a real one, and pi recovers", async () => {
    await using pi = await start();
    expect(textOf(await pi.ask("show me an error"))).toContain("second attempt");
    expect(pi.records.filter(({ type }) => type === "auto_retry_start")).toHaveLength(1);
  });

  test("with thinking off nothing is thought", async () => {
    await using pi = await start();
    await pi.command("set_thinking_level", { level: "off" });
    const reply = await pi.ask("think about something");
    expect(thinkingOf(reply)).toBe("");
    expect(textOf(reply)).toContain("Thinking is off");
  });
});
