import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { script, startDemoModel } from "../src/index.ts";
import type { DemoModel, Step } from "../src/index.ts";
import { RealPi, textOf, thinkingOf } from "./real-pi.ts";

let model: DemoModel;
beforeAll(async () => {
  model = await startDemoModel();
});
afterAll(() => model.close());

const start = (): Promise<RealPi> => RealPi.start({ port: model.port });
const toolTexts = (pi: RealPi): string[] =>
  pi.records
    .filter(({ type }) => type === "tool_execution_end")
    .map(({ result }) => textOf(result as { content: { type: string; text?: string }[] }));

describe("a script in a real pi", { timeout: 30_000 }, () => {
  test("text and thinking, with Unicode cut between code points, arrive as written", async () => {
    await using pi = await start();
    const text = "A family 👩‍👩‍👧‍👦,\u2028a line separator, e\u0301 and 𝒳.";
    const reply = await pi.ask(script([{ think: "Hm 🤔" }, { text, size: 1 }]));
    expect(textOf(reply)).toBe(text);
    expect(thinkingOf(reply)).toBe("Hm 🤔");
    const deltas = pi.records
      .filter(({ type }) => type === "message_update")
      .map(({ assistantMessageEvent }) => assistantMessageEvent as { type: string; delta: string })
      .filter(({ type }) => type === "text_delta");
    expect(deltas).toHaveLength(Array.from(text).length);
    expect(deltas.every(({ delta }) => delta.isWellFormed())).toBe(true);
  });

  test("pi chooses the demo model by itself and names it as the demo", async () => {
    await using pi = await start();
    const { data } = await pi.command("get_state");
    expect(data).toMatchObject({
      model: { provider: "pier-demo", id: "demo-reasoning", name: expect.stringContaining("demo") },
    });
    expect(textOf(await pi.ask(script([{ echo: "model" }])))).toBe("demo-reasoning medium");
    expect(textOf(await pi.ask(script([{ echo: "system" }])))).toContain(pi.cwd);
    expect(textOf(await pi.ask(script([{ echo: "messages" }])))).toBe("system user assistant user assistant user");
    expect(textOf(await pi.ask(script([{ echo: "tools" }])))).toContain("bash");
  });

  test("write, read, edit and bash really run, each in a message of its own", async () => {
    await using pi = await start();
    const reply = await pi.ask(
      script([
        { tool: "write", args: { path: "a.txt", content: "one\n" } },
        { turn: true },
        { tool: "edit", args: { path: "a.txt", edits: [{ oldText: "one", newText: "two" }] } },
        { turn: true },
        { tool: "read", args: { path: "a.txt" } },
        { turn: true },
        { tool: "bash", args: { command: "cat a.txt; exit 3" } },
        { echo: "last-tool" },
      ]),
    );
    expect(await readFile(join(pi.cwd, "a.txt"), "utf8")).toBe("two\n");
    expect(textOf(reply)).toContain("two");
    expect(textOf(reply)).toContain("exited with code 3");
    const replies = pi.records.filter(
      ({ type, message }) => type === "message_end" && (message as { role: string }).role === "assistant",
    );
    expect(replies).toHaveLength(5);
  });

  test("tools in a row are one message", async () => {
    await using pi = await start();
    await pi.ask(
      script([
        { text: "Both." },
        { tool: "bash", args: { command: "echo first" } },
        { tool: "bash", args: { command: "echo second" } },
        { text: "Ran both." },
      ]),
    );
    const message = await pi.waitForReply("toolUse");
    expect(message.content.map(({ type }) => type)).toEqual(["text", "toolCall", "toolCall"]);
    expect(
      toolTexts(pi)
        .map((text) => text.trim())
        .toSorted(),
    ).toEqual(["first", "second"]);
  });

  test("an HTTP error makes pi retry until the attempts are used up", async () => {
    await using pi = await start();
    const reply = await pi.ask(script([{ http: 529, times: 2 }, { text: "third time lucky" }]));
    expect(textOf(reply)).toBe("third time lucky");
    const retries = pi.records.filter(({ type }) => type === "auto_retry_start");
    expect(retries).toHaveLength(2);
    expect(retries[0]?.errorMessage).toContain("529");
  });

  test("a cut connection is retried, also after another kind of failure", async () => {
    await using pi = await start();
    const steps: Step[] = [{ http: 503, times: 1 }, { text: "half " }, { drop: true, times: 1 }, { text: "whole" }];
    expect(textOf(await pi.ask(script(steps)))).toBe("half whole");
    const failed = await pi.waitForReply(
      "error",
      pi.records.findIndex(({ type }) => type === "auto_retry_start"),
    );
    expect(textOf(failed)).toBe("half ");
    expect(pi.records.filter(({ type }) => type === "auto_retry_start")).toHaveLength(2);
  });

  test("a script that is wrong fails at once and says why", async () => {
    await using pi = await start();
    await pi.command("prompt", { message: '!demo [{"txt":"typo"}]' });
    const reply = await pi.waitForReply("error");
    expect(reply.errorMessage).toContain("Cannot play demo script: step 1");
  });

  test("a gate holds the stream until it is opened", async () => {
    await using pi = await start();
    const steps: Step[] = [{ text: "before " }, { gate: "pi" }, { text: "after" }];
    await pi.command("prompt", { message: script(steps) });
    await model.gates.waitForArrival("pi");
    expect(pi.records.some(({ type }) => type === "agent_end")).toBe(false);
    expect(model.gates.open("pi")).toBe(1);
    expect(textOf(await pi.waitForReply("stop"))).toBe("before after");
  });

  test("abort ends a stream that hangs and frees the model", async () => {
    await using pi = await start();
    await pi.command("prompt", { message: script([{ text: "so far" }, { hang: true }]) });
    await model.gates.waitForArrival("hang");
    expect(await pi.command("abort")).toMatchObject({ success: true });
    expect(textOf(await pi.waitForReply("aborted"))).toBe("so far");
    await expect.poll(() => model.gates.list()).toEqual([]);
    expect(textOf(await pi.ask(script([{ text: "next" }])))).toBe("next");
  });

  test("an image reaches the model, from the prompt and from a tool", async () => {
    await using pi = await start();
    const images = [{ type: "image", data: PIXEL, mimeType: "image/png" }];
    expect(textOf(await pi.ask(script([{ echo: "images" }]), { images }))).toMatch(/^1 image, image\/png \d+ bytes$/);
    const command = `printf %s ${PIXEL} | base64 -d > p.png`;
    const steps: Step[] = [
      { tool: "bash", args: { command } },
      { turn: true },
      { tool: "read", args: { path: "p.png" } },
      { echo: "images" },
    ];
    expect(textOf(await pi.ask(script(steps)))).toMatch(/^1 image, image\/png \d+ bytes$/);
  });

  test("usage is what the script says", async () => {
    await using pi = await start();
    const usage = { input: 1000, output: 50, cacheRead: 400 };
    const reply = await pi.ask(script([{ usage }, { tokens: 3, size: 2 }]));
    expect(textOf(reply)).toBe("w0 w1 w2 w3 w4 w5 ");
    expect(reply.usage).toMatchObject({
      input: 600,
      output: 50,
      cacheRead: 400,
      totalTokens: 1050,
    });
  });

  test("usage over the context window makes pi compact by itself", async () => {
    await using pi = await RealPi.start({
      port: model.port,
      settings: { compaction: { keepRecentTokens: 10 } },
    });
    await pi.ask(script([{ text: "first ".repeat(50) }]));
    await pi.ask(script([{ usage: { input: 127_000, output: 10 } }, { text: "second ".repeat(50) }]));
    const end = await pi.waitFor(({ type }) => type === "compaction_end");
    expect(end).toMatchObject({
      reason: "threshold",
      result: { summary: expect.stringContaining("Summary of") },
    });
  });

  test("compact gives the model's summary, and its instructions may be a script", async () => {
    await using pi = await RealPi.start({
      port: model.port,
      settings: { compaction: { keepRecentTokens: 10 } },
    });
    for (const text of ["first ", "second "]) await pi.ask(script([{ text: text.repeat(50) }]));
    const plain = await pi.command("compact");
    expect(plain).toMatchObject({
      success: true,
      data: { summary: expect.stringMatching(/Summary of \d+ messages/) },
    });
    await pi.ask(script([{ text: "third ".repeat(50) }]));
    const scripted = await pi.command("compact", {
      customInstructions: script([{ text: "A scripted summary" }]),
    });
    expect(scripted).toMatchObject({
      data: { summary: expect.stringContaining("A scripted summary") },
    });
    expect(textOf(await pi.ask(script([{ text: "goes on" }])))).toBe("goes on");
  });
});

/** A PNG of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
