import { elided } from "@pier/client/messages";
import { limits } from "../../limits.ts";
import { cleanLine } from "./clean.ts";
import { size } from "./words.ts";

/** A value of any shape on one short line. */
export function compactJson(value: unknown, room: number = limits.compactValue): string {
  const text = written(value, room, 0);
  const line = cleanLine(text);
  return line.length > room ? `${line.slice(0, room).toWellFormed()}…` : line;
}

/** JSON, without quotes around names, cut where it gets too long or deep. */
function written(value: unknown, room: number, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value.length > room ? `${value.slice(0, room)}…` : value);
  if (typeof value !== "object" || value === null) return String(value);
  const whole = elided(value);
  if (whole) return `[${size(whole.bytes)}]`;
  if (depth > 4) return "…";
  const parts: string[] = [];
  let length = 0;
  const isList = Array.isArray(value);
  for (const key in value) {
    const part = written((value as Record<string, unknown>)[key], room, depth + 1);
    parts.push(isList ? part : `${key}: ${part}`);
    length += key.length + part.length;
    if (length > room) break;
  }
  return isList ? `[${parts.join(", ")}]` : `{${parts.join(", ")}}`;
}
