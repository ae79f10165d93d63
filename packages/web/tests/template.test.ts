import { expect, test } from "vitest";
import { toTemplate } from "../adapter/template.ts";

const page = `<html><head>
<link href="/_app/immutable/entry/start.js" rel="modulepreload">
<link href="/_app/immutable/assets/0.css" rel="stylesheet"></head>
<body><div><script>
  { __sveltekit = { base: "", version: "1" };
    const element = document.currentScript.parentElement;
    import("/_app/immutable/entry/start.js").then(async (kit) => {
      const app = await import("/_app/immutable/entry/app.js");
      kit.start(app, element); }); }
</script></div></body></html>`;

test("toTemplate: no inline script is left, and every address of the page has the mark of the prefix", () => {
  const { html } = toTemplate(page);
  expect([...html.matchAll(/<script[^>]*>([^<]*)/g)].map(([, inline]) => inline)).toEqual([""]);
  expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address?.slice(0, 7))).toEqual([
    "%base%/",
    "%base%/",
    "%base%/",
  ]);
});

test("toTemplate: the script finds everything relative to itself", () => {
  const { script } = toTemplate(page);
  expect(script).not.toMatch(/["']\/_app/);
  expect(script).toContain('import("./_app/immutable/entry/start.js")');
  expect(script).toContain('base: new URL(".", document.currentScript.src).pathname.slice(0, -1)');
});

test("toTemplate, a page of another make: the build fails", () => {
  expect(() => toTemplate("<html></html>")).toThrow("no inline script");
  expect(() => toTemplate("<script>start()</script>")).toThrow("no base");
});

test("toTemplate: styles are asked for before scripts, and it says what the page asks for", () => {
  const { html, named } = toTemplate(page);
  expect(html.indexOf("0.css")).toBeLessThan(html.indexOf("start.js"));
  expect(named.toSorted()).toEqual(["_app/immutable/assets/0.css", "_app/immutable/entry/start.js", "start.js"]);
});
