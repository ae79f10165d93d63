import { expect, test } from "vitest";
import { isImage, mediaType } from "./media-type.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

test.each([
  ["\x89PNG\r\n\x1a\n", "text/html", "image/png"],
  ["\xff\xd8\xff\xe0", undefined, "image/jpeg"],
  ["GIF89a", "image/gif", "image/gif"],
  ["RIFF\0\0\0\0WEBPVP8 ", "application/octet-stream", "image/webp"],
  ["<svg onload=alert(1)>", "image/svg+xml", "image/svg+xml"],
  ["<script>", "image/png", "application/octet-stream"],
  ["text", "text/plain; charset=utf-8", "text/plain"],
  ["text", "TEXT/Markdown", "text/markdown"],
  ["text", "text/plain\r\nset-cookie: a=b", "text/plain"],
  ["text", "nonsense", "application/octet-stream"],
  ["", undefined, "application/octet-stream"],
])("mediaType of %j, said to be %j, is %s", (start, said, expected) => {
  expect(mediaType(bytes(start), said)).toBe(expected);
});

test("isImage: what a page may show as an image, which an SVG is not", () => {
  expect(["image/png", "image/svg+xml", "text/html"].map(isImage)).toEqual([true, false, false]);
});
