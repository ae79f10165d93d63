import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageEnding, imageType } from "@pier/client";
import { describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../../limits.ts";
import { attachImages } from "./attach-images.ts";

const beginnings: Record<string, Buffer> = {
  "image/png": Buffer.from("\u0089PNG\r\n\u001a\n----", "latin1"),
  "image/jpeg": Buffer.from("\u00ff\u00d8\u00ff\u00e0--------", "latin1"),
  "image/gif": Buffer.from("GIF89a------", "latin1"),
  "image/webp": Buffer.from("RIFF----WEBP", "latin1"),
};

test.each(Object.entries(beginnings))("imageType of %s, is told by its first bytes", (type, bytes) => {
  expect(imageType(bytes)).toBe(type);
});

test.each(["", "RIFF----WAVE", "<svg></svg>..", "GIF90a------"])("imageType of %j, is null", (text) => {
  expect(imageType(Buffer.from(text, "latin1"))).toBeNull();
});

test.each([
  ["image/jpeg", "jpg"],
  ["image/webp", "webp"],
])("imageEnding of %s, is %s", (type, ending) => {
  expect(imageEnding(type)).toBe(ending);
});

/** A folder with these files. */
function folderWith(files: Record<string, Buffer | string>): string {
  const folder = mkdtempSync(join(tmpdir(), "attach-images-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

const png = beginnings["image/png"] as Buffer;

describe("attachImages", () => {
  test("of images that are here, reads them and names each where it stood", async () => {
    const folder = folderWith({ "a.png": png, "my b.gif": beginnings["image/gif"] as Buffer });
    const text = `see @a.png, and ${folder}/my\\ b.gif twice`;
    expect(await attachImages(text, { folder })).toEqual({
      text: `see @a.png, and <file name="${folder}/my b.gif"></file> twice`,
      images: [{ type: "image", data: (beginnings["image/gif"] as Buffer).toString("base64"), mimeType: "image/gif" }],
    });
    expect(await attachImages("see @a.png now", { folder })).toEqual({
      text: `see <file name="${folder}/a.png"></file> now`,
      images: [{ type: "image", data: png.toString("base64"), mimeType: "image/png" }],
    });
  });

  test("of a prompt that was sent and taken back, reads them again", async () => {
    const folder = folderWith({ "a.png": png });
    const sent = await attachImages("see @a.png", { folder });
    expect(await attachImages(sent.text, { folder })).toEqual(sent);
  });

  test.each([
    ["is not here", {}],
    ["is no image", { "a.png": "just some text here" }],
    ["is empty", { "a.png": "" }],
  ])("of a path that %s, leaves the text as it is", async (_what, files) => {
    const folder = folderWith(files);
    const text = `@a.png ${folder}/a.png`;
    expect(await attachImages(text, { folder })).toEqual({ text, images: [] });
  });

  test("of a folder, a pipe and a device, leaves them alone and does not wait", async () => {
    const folder = folderWith({});
    execFileSync("mkfifo", [join(folder, "pipe.png")]);
    const text = `${folder}/pipe.png @/dev/null.png @${folder}.png`;
    expect(await attachImages(text, { folder: null })).toEqual({ text, images: [] });
  });

  test("of a relative path while the session is elsewhere, leaves it to that machine", async () => {
    folderWith({ "a.png": png });
    expect(await attachImages("@a.png", { folder: null })).toEqual({ text: "@a.png", images: [] });
  });

  test("of ~, is in the home of the person", async () => {
    const home = folderWith({ "a.png": png });
    expect((await attachImages("@~/a.png", { folder: null, home })).images).toHaveLength(1);
  });

  test("of one that is too large, refuses it when it was meant, and leaves a mere path alone", async () => {
    const folder = folderWith({ "a.png": png });
    truncateSync(join(folder, "a.png"), limits.images + 1);
    await expect(attachImages("@a.png", { folder })).rejects.toThrow(
      `${folder}/a.png has 10.5 MB: the images of a prompt may have 10.5 MB together. Make it smaller.`,
    );
    expect((await attachImages(`${folder}/a.png`, { folder })).images).toEqual([]);
    truncateSync(join(folder, "a.png"), limits.images);
    expect((await attachImages("@a.png", { folder })).images).toHaveLength(1);
  });

  test("of more than fit into one prompt, says so", async () => {
    const folder = folderWith({ "a.png": png });
    const text = "@a.png ".repeat(limits.imageCount);
    expect((await attachImages(text, { folder })).images).toHaveLength(limits.imageCount);
    await expect(attachImages(`${text}@a.png`, { folder })).rejects.toThrow(/takes 20 images/);
  });
});
