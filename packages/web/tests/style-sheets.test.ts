import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../src/styles/", import.meta.url);

/** What a selector alone sets in a style sheet, outside of any condition on the screen or not. */
interface Setting {
  file: string;
  selector: string;
  property: string;
}

/** The declarations of all rules whose selector is one class, with or without a state of it. */
function settingsOf(file: string): Setting[] {
  const css = readFileSync(new URL(file, folder), "utf8").replaceAll(/\/\*[^]*?\*\//g, "");
  return [...css.matchAll(/([^{};]+)\{([^{}]*)\}/g)].flatMap(([, selectors = "", body = ""]) => {
    const properties = [...body.matchAll(/([\w-]+)\s*:/g)].map(([, property = ""]) => property);
    const classes = selectors.split(",").map((selector) => selector.trim());
    return classes
      .filter((selector) => /^\.[\w-]+(?:::?[\w-]+|\[[^\]]*\])*$/.test(selector))
      .flatMap((selector) => properties.map((property) => ({ file, selector, property })));
  });
}

/** `padding` sets `padding-top` as well; these only have such names. */
const alone = new Set(["overflow-anchor", "overflow-wrap"]);
const isPart = (one: string, whole: string): boolean => one.startsWith(`${whole}-`) && !alone.has(one);
const isSame = (one: string, other: string): boolean => one === other || isPart(one, other) || isPart(other, one);

test("no two style sheets set the same of one class: which comes later depends on what was opened before", () => {
  const settings = readdirSync(folder)
    .filter((file) => file.endsWith(".css"))
    .flatMap(settingsOf);
  expect(settings.length).toBeGreaterThan(500);
  const clashes = settings.flatMap((one, at) =>
    settings
      .slice(at + 1)
      .filter(
        ({ file, selector, property }) =>
          file !== one.file && selector === one.selector && isSame(property, one.property),
      )
      .map(({ file }) => `${one.selector} ${one.property}: ${one.file}, ${file}`),
  );
  expect(clashes).toEqual([]);
});
