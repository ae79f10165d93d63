import { describe, expect, test } from "vitest";
import { conversationOf } from "../../tests/conversation-of.ts";
import { estimateUsage } from "./estimate-usage.ts";
import { parseChatRequest } from "./parse-request.ts";
import { readConversation } from "./read-conversation.ts";

const call = (id: string, name: string, json: string): unknown => ({
  role: "assistant",
  tool_calls: [{ id, function: { name, arguments: json } }],
});
const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };

describe("readConversation", () => {
  test("the step counts assistant messages since the user's last, and results know their calls", () => {
    const conversation = conversationOf("go", {
      after: [
        call("a", "read", '{"path":"x"}'),
        { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "x is 1" }] },
        call("b", "bash", "{torn"),
        { role: "tool", tool_call_id: "b", content: "ok" },
      ],
    });
    expect(conversation.step).toBe(2);
    expect(conversation.results).toEqual([
      { tool: "read", args: { path: "x" }, text: "x is 1" },
      { tool: "bash", args: {}, text: "ok" },
    ]);
  });

  test("pictures that pi forwards from a tool are not the user's message", () => {
    const text = "Attached image(s) from tool result:";
    const conversation = conversationOf("go", {
      after: [call("a", "read", "{}"), { role: "user", content: [{ type: "text", text }, image] }],
    });
    expect(conversation).toMatchObject({ prompt: "go", step: 1, images: [{ bytes: 3 }] });
  });

  test.each([
    ["low", true],
    ["none", false],
    ["off", false],
    [undefined, false],
  ])("with effort %s thinking is %s", (reasoning_effort, thinking) => {
    const messages = [{ role: "user", content: "go" }];
    const request = parseChatRequest({ stream: true, messages, reasoning_effort });
    expect(readConversation(request).thinking).toBe(thinking);
  });

  test("keys differ with any difference, and only then", () => {
    expect(conversationOf("a").key).toBe(conversationOf("a").key);
    expect(conversationOf("a").key).not.toBe(conversationOf("b").key);
  });
});

describe("estimateUsage", () => {
  test("the prompt grows with the conversation, and the earlier part is cached", () => {
    const none = { chars: 40, thinkingChars: 20 };
    const first = estimateUsage(conversationOf("a".repeat(400)), none);
    expect(first).toMatchObject({ output: 15, thinking: 5, cacheRead: 0 });
    expect(first.input).toBeGreaterThan(100);
    const after = [
      { role: "assistant", content: "b".repeat(400) },
      { role: "user", content: [image] },
    ];
    const second = estimateUsage(conversationOf("a".repeat(400), { after }), none);
    expect(second.cacheRead).toBeGreaterThan(200);
    expect(second.input).toBeGreaterThan(second.cacheRead + 1000);
  });
});
