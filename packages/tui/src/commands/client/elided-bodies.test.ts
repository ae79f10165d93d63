import type { Elided } from "@pier/protocol";
import { expect, test } from "vitest";
import { elidedBodies } from "./elided-bodies.ts";

const elided = (href: string | null): Elided => ({ elided: true, bytes: 9000, href, head: "h", tail: "t" });

test("elidedBodies of a transcript, are those that can be fetched, the latest first, with whose they are", () => {
  const messages = [
    { role: "user", content: elided("u") },
    {
      role: "toolResult",
      toolCallId: "1",
      toolName: "read",
      content: [{ type: "text", text: elided("t") }],
      isError: false,
    },
    { role: "assistant", content: [{ type: "toolCall", id: "2", name: "write", arguments: { content: elided("a") } }] },
    { role: "bashExecution", command: "ls", output: elided(null), cancelled: false, truncated: false },
    { role: "custom", data: { deep: [elided("c")] } },
  ];
  const items = messages.map((message, at) => ({ key: `${at}`, message }));
  expect(elidedBodies(items).map(({ of, body }) => [of, body.href])).toEqual([
    ["custom", "c"],
    ["answer", "a"],
    ["read", "t"],
    ["message", "u"],
  ]);
});
