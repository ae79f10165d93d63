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

  test.each(snippets)("%s snippet %j, is valid", (kind, value) => {
    if (kind === "client") {
      expect(parseClientFrame(JSON.stringify(value))).toEqual(value);
    } else if (kind === "server") {
      expect(parseServerFrame(JSON.stringify(value))).toEqual(value);
      expect(Check(serverFrames[value.type as keyof typeof serverFrames], value)).toBe(true);
    } else {
      expect(kind).toBe("record");
      expect(value.type).toBeTypeOf("string");
    }
  });

  test("the records of a direct shell command, finish its message", () => {
    const state = new LiveState();
    const finished = snippets.filter(([kind]) => kind === "record").map(([, record]) => state.apply(record as Payload));
    expect(finished.filter((message) => message !== null)).toMatchObject([{ role: "bashExecution", command: "ls", output: "README.md\n" }]);
    expect(state.pi?.sessionName).toBe("Engine");
  });
});

describe("generateDocs", () => {
  test("a text without a section, says which one", () => {
    expect(() => generateDocs(text.replace("<!-- generated: limits -->", ""))).toThrow("The text lacks <!-- generated: limits -->.");
  });

  test("a section that is unknown, says which ones there are", () => {
    expect(() => generateDocs("<!-- generated: confetti -->\n<!-- end -->")).toThrow("The section confetti is unknown: use one of client-frames,");
  });

  test("a stale section, is written anew", () => {
    expect(generateDocs(text.replace("| `frame` | 16,777,216 |", "| `frame` | 1 |"))).toBe(text);
  });
});
