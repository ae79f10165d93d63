import { randomBytes } from "node:crypto";
import { script } from "@pier/demo-model";
import type { ImageContent, UserMessage } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesOf, fileOf } from "../harness/normal.ts";
import { attachTo, messagesOf, openSession, settled, textOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

let daemon: TestDaemon;
beforeAll(async () => {
  // Sizes are compared with what the model got, so pi must not make images smaller.
  daemon = await startTestDaemon({ demo: { settings: { images: { autoResize: false } } } });
});
afterAll(() => daemon.dispose());

test("an image with a prompt: it reaches the model and stands in the transcript", async () => {
  const session = await openSession(daemon);
  const image: ImageContent = { type: "image", data: dot, mimeType: "image/png" };
  await session.prompt(script([{ echo: "images" }]), { images: [image] });
  const messages = await settled(session);
  expect(textOf(messages.at(-1))).toBe(`1 image, image/png ${Buffer.from(dot, "base64").length} bytes`);
  expect((messages[0] as UserMessage).content).toContainEqual(image);
});

test("10 MB of images in one prompt: all reach the model, and a second client gets them elided", async () => {
  const session = await openSession(daemon);
  const images = Array.from({ length: 5 }, (): ImageContent => ({
    type: "image",
    data: randomBytes(1_500_000).toString("base64"),
    mimeType: "image/png",
  }));
  await session.prompt(script([{ echo: "images" }]), { images });
  const messages = await settled(session);
  expect(textOf(messages.at(-1))).toBe(["5 images", ...images.map(() => "image/png 1500000 bytes")].join(", "));
  const saved = entriesOf(fileOf(session)).find(({ message }) => message?.role === "user")?.message as UserMessage;
  expect(saved.content).toEqual(expect.arrayContaining(images));
  const second = await attachTo(daemon, session.session);
  const { content } = messagesOf(second).find(({ role }) => role === "user") as UserMessage;
  expect((content as ImageContent[]).slice(1).map(({ data }) => data)).toEqual(
    images.map(() => expect.objectContaining({ elided: true, bytes: 2_000_000 }) as unknown),
  );
});

test("a prompt above the frame's limit: it is refused with words, and the connection stays", async () => {
  const session = await openSession(daemon);
  const images: ImageContent[] = [{ type: "image", data: "A".repeat(17 * 1024 * 1024), mimeType: "image/png" }];
  await expect(session.prompt("look", { images })).rejects.toMatchObject({ code: "FRAME_TOO_LARGE" });
  expect(await session.getState()).toMatchObject({ isStreaming: false });
});
