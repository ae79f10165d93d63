import { expect, test } from "vitest";
import { filesBeside } from "./files-beside.ts";

const png = { path: "/x/uploads/_shared/aa/dot.png", mimeType: "image/png", size: 70 };
const csv = { path: "/x/uploads/_shared/bb/gauge.csv", mimeType: "text/csv", size: 12 };

test("filesBeside, a picture that is shown, is not listed; other files are, by their names", () => {
  expect(filesBeside([png, csv], 1).map(({ name }) => name)).toEqual(["gauge.csv"]);
});

test("filesBeside, a picture that was too large to travel along, is listed", () => {
  expect(filesBeside([png, csv], 0).map(({ name }) => name)).toEqual(["dot.png", "gauge.csv"]);
});

test("filesBeside, a name on Windows, is the last part of its path", () => {
  const [file] = filesBeside([{ ...csv, path: String.raw`C:\x\uploads\_shared\bb\gauge.csv` }], 0);
  expect(file?.name).toBe("gauge.csv");
});
