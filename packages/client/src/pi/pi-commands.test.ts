import { commands, type Payload } from "@pier/protocol";
import { expect, test } from "vitest";
import { PiCommands } from "./pi-commands.ts";

class Recorder extends PiCommands {
  readonly sent: Payload[] = [];
  override command(payload: Payload): Promise<unknown> {
    this.sent.push(payload);
    return Promise.resolve(null);
  }
}

const camelCase = (type: string): string => type.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

test.each(Object.keys(commands))("PiCommands has a method for %s, which sends that type", async (type) => {
  const recorder = new Recorder();
  const method = (recorder as unknown as Record<string, (argument: string) => Promise<unknown>>)[camelCase(type)];
  await method?.call(recorder, "x");
  expect(recorder.sent.map((payload) => payload.type)).toEqual([type]);
});

test("PiCommands has no method besides those of the commands table", () => {
  const methods = Object.getOwnPropertyNames(PiCommands.prototype).filter((name) => name !== "constructor");
  expect(methods.toSorted()).toEqual(Object.keys(commands).map(camelCase).toSorted());
});

test("PiCommands methods name their arguments as pi does", async () => {
  const recorder = new Recorder();
  const image = { type: "image", data: "AA==", mimeType: "image/png" } as const;
  await recorder.prompt("hi", { images: [image], streamingBehavior: "followUp" });
  await recorder.setModel("anthropic", "opus");
  await recorder.bash("ls", { excludeFromContext: true });
  await recorder.newSession("/parent.jsonl");
  expect(recorder.sent).toEqual([
    { type: "prompt", message: "hi", images: [image], streamingBehavior: "followUp" },
    { type: "set_model", provider: "anthropic", modelId: "opus" },
    { type: "bash", command: "ls", excludeFromContext: true },
    { type: "new_session", parentSession: "/parent.jsonl" },
  ]);
});
