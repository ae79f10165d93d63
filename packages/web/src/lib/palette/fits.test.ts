import { expect, test } from "vitest";
import { fitting, howWellItFits } from "./fits.ts";

const texts = (title: string, folder = "") => [
  { text: title, penalty: 0, isFuzzy: true },
  { text: folder, penalty: 5 },
];

test("howWellItFits, a word in the title, is better than one in the folder", () => {
  const inTitle = howWellItFits("tide", texts("Tide tables", "/code/app"));
  const inFolder = howWellItFits("tide", texts("Heights", "/code/tidetable"));
  expect(inTitle).toBeLessThan(inFolder ?? 0);
});

test("howWellItFits, initials of a title, fit; the same letters scattered in it do not", () => {
  expect(howWellItFits("nsh", texts("New session here"))).not.toBeNull();
  expect(howWellItFits("eih", texts("New session here"))).toBeNull();
});

test("howWellItFits, a word that is nowhere, is null even when the others fit", () => {
  expect(howWellItFits("tide nowhere", texts("Tide tables"))).toBeNull();
});

test("fitting, gives the best first and no more than wanted", () => {
  const found = fitting(["a tide", "tide", "the tide"], "tide", 2, (title) => texts(title));
  expect(found).toEqual(["tide", "a tide"]);
});
