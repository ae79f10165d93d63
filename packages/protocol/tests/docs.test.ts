import { readFileSync } from "node:fs";
import { Check } from "typebox/value";
import { describe, expect, test } from "vitest";
import { docsFile, generateDocs } from "../scripts/generate-docs.ts";
import { LiveState, parseClientFrame, parseServerFrame, serverFrames } from "../src/index.ts";
import type { Payload } from "../src/index.ts";

const text = readFileSync(docsFile, "utf8");

/** The code blocks that hold frames or records: each one JSON value, or one in each line. */
const snippets = [...text.matchAll(/^ *```json (\w+)\n([\s\S]*?)^ *```$/gm)].flatMap(([, kind = "", body = ""]) =>
  valuesOf(body).map((value): [kind: string, value: { type: string }] => [kind, value]),
);

function ofKind(wanted: string): { type: string }[] {
  return snippets.filter(([kind]) => kind === wanted).map(([, value]) => value);
}

function valuesOf(body: string): { type: string }[] {
  const lines = body.trim().split("\n");
  const texts = lines.every((line) => line.trim().startsWith("{") && line.trim().endsWith("}")) ? lines : [body];
  return texts.map((value) => JSON.parse(value) as { type: string });
}

describe("docs/protocol.md", () => {
  test("is what the schemas generate; if not, run node packages/protocol/scripts/generate-docs.ts", () => {
    expect(text).toBe(generateDocs(text));
  });

  test("has a kind on every block of JSON, so that each is checked", () => {
    expect(text.match(/^ *```json\n/gm)).toBeNull();
    expect(snippets.length).toBeGreaterThan(15);
  });

  test("has no other kinds than client, server and record", () => {
    expect([...new Set(snippets.map(([kind]) => kind))].toSorted()).toEqual(["client", "record", "server"]);
  });

  test.each(ofKind("client"))("the client's frame %j, is valid", (value) => {
    expect(parseClientFrame(JSON.stringify(value))).toEqual(value);
  });

  test.each(ofKind("server"))("the server's frame %j, is valid", (value) => {
    expect(parseServerFrame(JSON.stringify(value))).toEqual(value);
    expect(Check(serverFrames[value.type as keyof typeof serverFrames], value)).toBe(true);
  });

  test("the records of a direct shell command, finish its message", () => {
    const state = new LiveState();
    const finished = ofKind("record").map((record) => state.apply(record as Payload));
    expect(finished.filter((message) => message !== null)).toMatchObject([
      { role: "bashExecution", command: "ls", output: "README.md\n" },
    ]);
    expect(state.pi?.sessionName).toBe("Engine");
  });
});

describe("generateDocs", () => {
  test("a text without a section, says which one", () => {
    expect(() => generateDocs(text.replace("<!-- generated: limits -->", ""))).toThrow(
      "The text lacks <!-- generated: limits -->.",
    );
  });

  test("a section that is unknown, says which ones there are", () => {
    expect(() => generateDocs("<!-- generated: confetti -->\n<!-- end -->")).toThrow(
      "The section confetti is unknown: use one of client-frames,",
    );
  });

  test("a stale section, is written anew", () => {
    expect(generateDocs(text.replace("| `frame` | 16,777,216 |", "| `frame` | 1 |"))).toBe(text);
  });
});
