import { script } from "@pier/demo-model";
import { expect, test, vi } from "vitest";
import { AgentClient } from "./agent-client.ts";
import { realSession } from "./real-pi-host.ts";

vi.mock("../../src/limits.ts", async (original) => {
  const { limits, ...rest } = await original<typeof import("../../src/limits.ts")>();
  return { ...rest, limits: { ...limits, journal: 20_000 } };
});

test("a real pi's journal is trimmed after turns, and everybody sees the same before and after, over a restart too", async () => {
  const { host, client } = await realSession();
  const prompts = [1, 2, 3].map((at) =>
    script([{ think: "hmm" }, { tool: "bash", args: { command: `echo ${at}` } }, { tokens: 300 }]),
  );
  for (const [at, prompt] of prompts.entries()) {
    await client.prompt(prompt);
    await client.until(() => !client.follower.live.running && client.follower.messages.length === at * 5 + 4);
    await client.ask({ type: "bash", command: "echo between" });
    await client.until(() => client.follower.messages.length === at * 5 + 5);
  }
  const late = await AgentClient.attach(host, client.id);
  const roles = late.follower.messages.map((message) => (message as { role: string }).role);
  const turn = ["user", "assistant", "toolResult", "assistant"];
  expect(roles).toEqual([...turn, "bashExecution", ...turn, "bashExecution", ...turn, "bashExecution"]);
  const keys = late.follower.frames.flatMap((frame) => (frame.type === "attached" ? (frame.messages ?? []) : []));
  expect(keys.some(({ key }) => key.startsWith("s"))).toBe(true);
  await host.restart();
  const next = await AgentClient.attach(host, client.id);
  expect(next.follower.messages).toEqual(late.follower.messages);
});
