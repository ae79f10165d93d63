import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { preloadScript } from "../adapter/preloads.ts";

const script = preloadScript(
  [
    { address: "", first: ["app.js", "list.js"], soon: [], next: ["later.js"] },
    { address: "session", first: ["app.js", "session.js", "session.css"], soon: ["text.js", "text.css"], next: [] },
  ],
  ["app.js"],
);

/** What the script asks for on a page below a prefix. */
function askedFor(pathname: string, prefix = ""): string[] {
  const head: { href: string; rel: string }[] = [];
  const document = {
    currentScript: { src: `https://host${prefix}/boot.js` },
    createElement: () => ({}),
    head: { appendChild: (link: { href: string; rel: string }) => head.push(link) },
  };
  runInNewContext(script, { document, location: { pathname: prefix + pathname }, URL });
  return head.map(({ href, rel }) => `${rel} ${href}`);
}

test("preloadScript: what the page of an address needs and does not name itself, at any prefix", () => {
  expect(askedFor("/")).toEqual(["modulepreload https://host/list.js"]);
  const ofSession = ["modulepreload session.js", "preload session.css", "modulepreload text.js", "preload text.css"];
  expect(askedFor("/session/1?item=2")).toEqual(ofSession.map((line) => line.replace(" ", " https://host/")));
  expect(askedFor("/session/1", "/a/b")).toEqual(ofSession.map((line) => line.replace(" ", " https://host/a/b/")));
});

test("preloadScript: nothing for an address that is no page", () => {
  for (const address of ["/nowhere", "/__proto__", "/constructor/x"]) expect(askedFor(address)).toEqual([]);
});
