import { describe, expect, test } from "vitest";
import { conversationOf } from "../../tests/conversation-of.ts";
import { answerSummary, isSummaryRequest, parseSummaryScript } from "./side-request.ts";

const BODY = `<conversation>
[User]: Build a boat

[Assistant thinking]: Hm.

[Assistant]: I will.

[Assistant tool calls]: bash(command="ls")

[Tool result]: wood

[Assistant]: Done.

[User]: thanks
!demo [{"text":"old"}]
</conversation>

Use this EXACT format:`;

describe("side requests", () => {
  test("a prompt of pi's own is told from a person's", () => {
    expect(isSummaryRequest(conversationOf(BODY))).toBe(true);
    const system = "You are a context summarization assistant. Your task is to read.";
    expect(isSummaryRequest(conversationOf("# Conversation", { system }))).toBe(true);
    expect(isSummaryRequest(conversationOf("summarise <conversation>"))).toBe(false);
  });

  test("the summary counts what it was given, and is the same again", () => {
    const [step] = answerSummary(conversationOf(BODY));
    expect(step).toMatchObject({
      text: expect.stringContaining(
        "Summary of 5 messages by the Pier demo model: 2 from the user, 2 from the assistant, 1 from tools.",
      ),
    });
    expect(step).toMatchObject({ text: expect.stringContaining("## Goal\nBuild a boat\n") });
    expect(answerSummary(conversationOf(BODY))).toEqual([step]);
  });

  test("only the instructions may be a script, never what is summarised", () => {
    expect(parseSummaryScript(conversationOf(BODY))).toEqual({ kind: "none" });
    const focused = `${BODY}\n\nAdditional focus: !demo [{"text":"new"}]`;
    expect(parseSummaryScript(conversationOf(focused))).toEqual({
      kind: "script",
      turns: [[{ text: "new" }]],
    });
  });
});
