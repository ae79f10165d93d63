import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TSchema } from "typebox";
import { Cursor, Window } from "../src/frames/common.ts";
import { OfferedPrompt, TranscriptItem } from "../src/frames/server/attached.ts";
import {
  clientFrames,
  closeCodeMeanings,
  closeCodes,
  commands,
  errorCodes,
  limits,
  serverFrames,
  SessionInfo,
} from "../src/index.ts";
import { schemaWords, type WordedSchema } from "../src/schema-words.ts";

const source = (path: string) => readFileSync(new URL(`../src/${path}`, import.meta.url), "utf8");
export const docsFile: string = fileURLToPath(new URL("../../../docs/protocol.md", import.meta.url));

/** Shapes that several frames share: shown once, and named where they stand. */
const shapes: readonly [name: string, schema: TSchema, file: string][] = [
  ["Cursor", Cursor, "frames/common.ts"],
  ["Window", Window, "frames/common.ts"],
  ["TranscriptItem", TranscriptItem, "frames/server/attached.ts"],
  ["OfferedPrompt", OfferedPrompt, "frames/server/attached.ts"],
  ["SessionInfo", SessionInfo, "records/session-info.ts"],
];

const sections: Record<string, () => string> = {
  "client-frames": () =>
    Object.entries(clientFrames)
      .map(([type, spec]) => {
        const also = type === "command" ? ", and what the command itself needs" : "";
        const need = (spec.scope as string) === "none" ? "" : ` Needs scope \`${spec.scope}\`${also}.`;
        return frameSection(type, "client", spec.schema, need);
      })
      .join("\n\n"),
  "server-frames": () =>
    Object.entries(serverFrames)
      .map(([type, schema]) => frameSection(type, "server", schema))
      .join("\n\n"),
  shapes: () =>
    shapes
      .map(
        ([name, schema, file]) =>
          `### ${name}\n\n${commentBefore(source(file), `export const ${name} =`)}\n\n${memberTable(schema)}`,
      )
      .join("\n\n"),
  commands: () =>
    table(
      ["command", "effect", "scope", "since pi"],
      Object.entries<{ effect: string; scope: string; since?: string }>(commands).map(([type, spec]) => [
        code(type),
        spec.effect,
        code(spec.scope),
        spec.since ?? "",
      ]),
    ),
  limits: () =>
    table(
      ["limit", "value", "meaning"],
      Object.entries(limits).map(([name, value]) => [
        code(name),
        value.toLocaleString("en-US"),
        commentBefore(source("limits.ts"), `  ${name}:`),
      ]),
    ),
  "error-codes": () =>
    table(
      ["code", "meaning"],
      Object.entries(errorCodes).map(([name, meaning]) => [code(name), meaning]),
    ),
  "close-codes": () =>
    table(
      ["close code", "name", "meaning"],
      (Object.keys(closeCodes) as (keyof typeof closeCodes)[]).map((name) => [
        String(closeCodes[name]),
        code(name),
        closeCodeMeanings[name],
      ]),
    ),
};

/**
 * The text with what stands between `<!-- generated: NAME -->` and `<!-- end -->` written anew.
 *
 * @throws Error when a section is missing or unknown.
 */
export function generateDocs(text: string): string {
  const found: string[] = [];
  const result = text.replaceAll(
    /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, name: string, end: string) => {
      const section = sections[name];
      if (!section) throw new Error(`The section ${name} is unknown: use one of ${Object.keys(sections).join(", ")}.`);
      found.push(name);
      return `${start}\n${section()}\n\n${end}`;
    },
  );
  const missing = Object.keys(sections).filter((name) => !found.includes(name));
  if (missing.length > 0)
    throw new Error(`The text lacks <!-- generated: ${missing.join(" -->, <!-- generated: ")} -->.`);
  return result;
}

function frameSection(type: string, direction: "client" | "server", of: TSchema, need = ""): string {
  const schema = of as WordedSchema;
  const meaning = frameComment(type, direction);
  const { type: _type, ...properties } = schema.properties ?? {};
  const members = Object.keys(properties).length === 0 ? "No further members." : memberTable({ ...schema, properties });
  return `### \`${type}\`\n\n${meaning}${need}\n\n${members}`;
}

function memberTable(schema: TSchema): string {
  return table(["member", "", "value"], memberRows(schema, ""));
}

function memberRows(schema: WordedSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const presence = schema.required?.includes(name) ? "" : "optional";
    const inner = member.type === "array" ? (member.items ?? {}) : member;
    const shape = shapeOf(inner);
    const nested = shape || !inner.properties ? [] : memberRows(inner, `${path}${inner === member ? "" : "[]"}.`);
    return [[code(path), presence, valueCell(member, inner, shape, nested.length > 0)], ...nested];
  });
}

function valueCell(member: WordedSchema, inner: WordedSchema, shape: string | undefined, hasRows: boolean): string {
  const isArray = inner !== member;
  const one = shape ? `[${shape}](#${shape.toLowerCase()})` : hasRows ? "object" : undefined;
  const words = one === undefined ? schemaWords(member) : isArray ? `array of ${one}` : one;
  return member.description ? `${words}; ${member.description}` : words;
}

function shapeOf(schema: WordedSchema): string | undefined {
  const text = JSON.stringify({ ...schema, description: undefined });
  return shapes.find(([, shape]) => JSON.stringify({ ...shape, description: undefined }) === text)?.[0];
}

/** The comment of the schema of a frame, from the file that holds it. */
function frameComment(type: string, direction: "client" | "server"): string {
  for (const file of readdirSync(new URL(`../src/frames/${direction}/`, import.meta.url))) {
    const text = source(`frames/${direction}/${file}`);
    const at = text.indexOf(`type: Type.Literal("${type}")`);
    const before = text.slice(0, at);
    if (at !== -1) return commentBefore(text, before.slice(before.lastIndexOf("export const ")));
  }
  throw new Error(`No file of frames/${direction} holds the frame ${type}.`);
}

/** The text of the comment that ends just before `code`. */
function commentBefore(text: string, following: string): string {
  const before = text.slice(0, text.indexOf(following)).trimEnd();
  const start = before.lastIndexOf("/**");
  if (!before.endsWith("*/") || start === -1) throw new Error(`There is no comment before ${following.trim()}.`);
  return before
    .slice(start + 3, -2)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) {
  const old = readFileSync(docsFile, "utf8");
  const generated = generateDocs(old);
  if (!process.argv.includes("--check")) {
    writeFileSync(docsFile, generated);
  } else if (generated !== old) {
    process.stderr.write("docs/protocol.md is stale: run node packages/protocol/scripts/generate-docs.ts\n");
    process.exitCode = 1;
  }
}
