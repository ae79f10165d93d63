import fc from "fast-check";
import { expect, test } from "vitest";
import { type AttachedFile, splitAttachedFiles, withAttachedFiles } from "./attached-files.ts";

const file: AttachedFile = { path: "/srv/a/uploads/_shared/ab/plan (2).pdf", mimeType: "application/pdf", size: 7 };

test("withAttachedFiles: the list stands behind the text; without files the text stays as it is", () => {
  expect(withAttachedFiles("Look.", [file])).toBe(
    "Look.\n\nAttached files:\n- /srv/a/uploads/_shared/ab/plan (2).pdf (application/pdf, 7 bytes)",
  );
  expect(withAttachedFiles("Look.", [])).toBe("Look.");
});

test("splitAttachedFiles: what a person wrote and never attached stays text", () => {
  for (const text of [
    "",
    "Attached files:",
    "See\n\nAttached files:\n- none",
    "Attached files:\n- /etc/passwd (text/plain, 7 bytes)",
    `${withAttachedFiles("a", [file])}\nand more`,
  ])
    expect(splitAttachedFiles(text)).toEqual({ text, files: [] });
});

test("property: splitAttachedFiles takes apart what withAttachedFiles put together", () => {
  const names = fc.stringMatching(/^[^\n\r/\\]{1,20}$/);
  const files = fc.array(
    fc.record({
      path: names.map((name) => `/x y/uploads/_shared/00/${name}`),
      mimeType: fc.constantFrom("text/plain", "image/svg+xml", "application/x-a.b"),
      size: fc.nat(),
    }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.string(), files, (text, attached) => {
      expect(splitAttachedFiles(withAttachedFiles(text, attached))).toEqual({ text, files: attached });
    }),
  );
});
