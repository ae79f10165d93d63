import { describe, expect, test } from "vitest";
import { goingOn } from "./going-on.ts";
import { type Welcome, welcomeLines } from "./welcome-lines.ts";

const models = [
  { provider: "acme", id: "large" },
  { provider: "acme", id: "small" },
  { provider: "other", id: "one" },
];
const bundled = { path: "/opt/pier/pi/cli.js", source: "bundled", version: "0.87.1", models, demo: false } as const;

function textOf(welcome: Partial<Welcome>): string {
  const usual: Welcome = {
    report: bundled,
    dataDir: "/home/ada/.local/share/pier",
    link: null,
    program: "pier",
    url: "http://127.0.0.1:3141",
    ownDataDir: false,
    env: { HOME: "/home/ada" },
    paint: (text) => text,
  };
  return `\n${welcomeLines({ ...usual, ...welcome }).join("\n")}\n`;
}

describe("welcomeLines", () => {
  test("say which pi, which models, where data is and how to get in", () => {
    expect(textOf({})).toBe(`
  pi       0.87.1, bundled with Pier
  models   3, of acme, other
  data     ~/.local/share/pier
  get in   pier new     starts a session in your project's folder
           pier attach  joins one again
           pier pair    lets a browser, a phone or another machine in
`);
  });

  test("with a link for the first browser, show it", () => {
    expect(textOf({ link: "http://127.0.0.1:3141/#pair=x" })).toMatch(
      /lets your first browser in, once, within 5 minutes:\n {2}http:\/\/127\.0\.0\.1:3141\/#pair=x\n$/,
    );
  });

  test("with a data folder of its own, say that other commands need it", () => {
    const dataDir = "/home/ada/my data";
    expect(textOf({ ownDataDir: true, dataDir })).toContain('give every command --data-dir "~/my data"');
    expect(textOf({ ownDataDir: true, dataDir: "/srv/d", program: "pi-server" })).toContain("--data-dir /srv/d");
  });

  test("of pi-server, name its client and what version 1 may do", () => {
    const text = textOf({ program: "pi-server", url: "http://127.0.0.1:3333" });
    expect(text).toContain("get in   pi-client ws://127.0.0.1:3333\n");
    expect(text).toContain("v1       clients of protocol version 1 on this machine need no credential");
  });

  test.each([
    ["no models", /models   demo model: pi has no model to use\. `pi` and \/login add one/],
    ["asked", /models   demo model, as asked: scripted answers, no real model/],
  ] as const)("with the demo model (%s), label it", (demo, expected) => {
    expect(textOf({ report: { ...bundled, demo } })).toMatch(expected);
  });

  test.each(["pier", "pi-server"] as const)("of %s, fit a terminal of 80 columns", (program) => {
    const link = `http://127.0.0.1:3141/#pair=${"x".repeat(43)}`;
    const lines = textOf({ program, link, report: { ...bundled, demo: "no models" } }).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("without pi, say what is wrong", () => {
    const text = textOf({ report: { models: [], demo: false, problem: "No pi was found: install it." } });
    expect(text).toContain("pi       not found: sessions cannot start. `pier doctor` says more");
    expect(text).toContain("problem  No pi was found: install it.");
  });
});

test.each([
  [0, "Closed. No turn was under way; the next `pier serve` finds every session."],
  [1, "Closed. 1 turn goes on without it; the next `pier serve` finds it."],
  [3, "Closed. 3 turns go on without it; the next `pier serve` finds them."],
  [null, "Closed. Turns under way go on; the next `pier serve` finds them."],
])("goingOn with %s turns", (running, sentence) => {
  expect(goingOn(running)).toBe(sentence);
});
