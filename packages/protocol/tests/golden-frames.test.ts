import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TSchema } from "typebox";
import { Check } from "typebox/value";
import { describe, expect, test } from "vitest";
import { clientFrames, parseClientFrame, parseServerFrame, PierError, serverFrames } from "../src/index.ts";

const root = fileURLToPath(new URL("../fixtures/v2/", import.meta.url));

/** A type that both directions have names its direction first: `client-page.json`. */
const ofBoth = Object.keys(clientFrames).filter((type) => Object.hasOwn(serverFrames, type));

function fixtures(
  type: string,
  verdict: "accept" | "reject",
  direction: "client" | "server",
): [name: string, text: string][] {
  const folder = `${root}${type}/${verdict}`;
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => !ofBoth.includes(type) || file.startsWith(`${direction}-`))
    .map((file) => [file.replace(/\.json$/, ""), readFileSync(`${folder}/${file}`, "utf8")]);
}

/** Says why a frame is not accepted, or nothing. */
type Judge = (text: string) => string | undefined;

function describeFrames(direction: "client" | "server", types: string[], judge: Judge, verdict: string): void {
  describe.each(types)(`the ${direction}'s %s frame`, (type) => {
    const accepted = fixtures(type, "accept", direction);
    const rejected = fixtures(type, "reject", direction);

    test("has fixtures of both kinds", () => {
      expect(accepted.length).toBeGreaterThan(0);
      expect(rejected.length).toBeGreaterThan(0);
    });

    test.each(accepted)("%s, is accepted as it stands", (_name, text) => {
      const frame = JSON.parse(text) as { type: string };
      expect(judge(text)).toBeUndefined();
      expect(Check(schemaOf(direction, type), frame)).toBe(true);
      expect(direction === "client" ? parseClientFrame(text) : parseServerFrame(text)).toEqual(frame);
    });

    test.each(rejected)("%s, is rejected", (_name, text) => {
      expect(judge(text)).toBe(verdict);
    });
  });
}

function schemaOf(direction: "client" | "server", type: string): TSchema {
  return direction === "client"
    ? clientFrames[type as keyof typeof clientFrames].schema
    : serverFrames[type as keyof typeof serverFrames];
}

function codeOfParse(text: string): string | undefined {
  try {
    parseClientFrame(text);
    return undefined;
  } catch (error) {
    return error instanceof PierError ? error.code : String(error);
  }
}

describeFrames("client", Object.keys(clientFrames), codeOfParse, "BAD_FRAME");
for (const type of Object.keys(serverFrames)) {
  const judge: Judge = (text) => (Check(schemaOf("server", type), JSON.parse(text)) ? undefined : "does not fit");
  describeFrames("server", [type], judge, "does not fit");
}

test("every folder of fixtures, is that of a frame", () => {
  const known = new Set([...Object.keys(clientFrames), ...Object.keys(serverFrames)]);
  expect(readdirSync(root).filter((folder) => !known.has(folder))).toEqual([]);
});
