import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TSchema } from "typebox";
import { Check } from "typebox/value";
import { describe, expect, test } from "vitest";
import { clientFrames, parseClientFrame, parseServerFrame, serverFrames } from "../src/index.ts";

const root = fileURLToPath(new URL("../fixtures/v2/", import.meta.url));

/** A type that both directions have names its direction first: `client-page.json`. */
const ofBoth = Object.keys(clientFrames).filter((type) => Object.hasOwn(serverFrames, type));

function fixtures(type: string, verdict: "accept" | "reject", direction: "client" | "server"): [name: string, text: string][] {
  const folder = `${root}${type}/${verdict}`;
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => !ofBoth.includes(type) || file.startsWith(`${direction}-`))
    .map((file) => [file.replace(/\.json$/, ""), readFileSync(`${folder}/${file}`, "utf8")]);
}

function describeFrames(direction: "client" | "server", frames: [type: string, schema: TSchema][], parse: (text: string) => unknown): void {
  describe.each(frames)(`the ${direction}'s %s frame`, (type, schema) => {
    const accepted = fixtures(type, "accept", direction);
    const rejected = fixtures(type, "reject", direction);

    test("has fixtures of both kinds", () => {
      expect(accepted.length).toBeGreaterThan(0);
      expect(rejected.length).toBeGreaterThan(0);
    });

    test.each(accepted)("%s, is accepted as it stands", (_name, text) => {
      expect(parse(text)).toEqual(JSON.parse(text));
      expect(Check(schema, JSON.parse(text))).toBe(true);
    });

    test.each(rejected)("%s, is rejected", (_name, text) => {
      if (direction === "client") expect(() => parse(text)).toThrow(expect.objectContaining({ code: "BAD_FRAME" }));
      else expect(Check(schema, JSON.parse(text))).toBe(false);
    });
  });
}

describeFrames(
  "client",
  Object.entries(clientFrames).map(([type, spec]) => [type, spec.schema]),
  parseClientFrame,
);
describeFrames("server", Object.entries(serverFrames), parseServerFrame);

test("every folder of fixtures, is that of a frame", () => {
  const known = new Set([...Object.keys(clientFrames), ...Object.keys(serverFrames)]);
  expect(readdirSync(root).filter((folder) => !known.has(folder))).toEqual([]);
});
