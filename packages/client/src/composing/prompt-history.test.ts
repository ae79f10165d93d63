import type { AgentMessage } from "@pier/protocol";
import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { promptsOf } from "./prompt-history.ts";

const items = (...messages: AgentMessage[]) => messages.map((message, at) => ({ key: `${at}`, message }));

test("promptsOf a transcript, are what the user said and ran, oldest first", () => {
  const elided = { elided: true, bytes: 9, href: null, head: "", tail: "" } as const;
  expect(
    promptsOf(
      items(
        { role: "user", content: "one" },
        { role: "assistant", content: [{ type: "text", text: "answer" }] },
        {
          role: "user",
          content: [
            { type: "text", text: "two" },
            { type: "image", data: "AA==", mimeType: "image/png" },
          ],
        },
        { role: "bashExecution", command: "ls", output: "", cancelled: false, truncated: false },
        {
          role: "bashExecution",
          command: "pwd",
          output: "",
          cancelled: false,
          truncated: false,
          excludeFromContext: true,
        },
        { role: "user", content: elided },
        { role: "user", content: [{ type: "text", text: elided }] },
        { role: "user", content: " " },
      ),
    ),
  ).toEqual(["one", "two", "!ls", "!!pwd"]);
});

test("promptsOf many, are the latest", () => {
  const many = Array.from({ length: limits.promptHistory + 5 }, (_, at) => ({ role: "user", content: `${at}` }));
  expect(promptsOf(items(...many))).toHaveLength(limits.promptHistory);
  expect(promptsOf(items(...many))[0]).toBe("5");
});
