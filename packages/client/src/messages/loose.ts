import type { Body, Elided } from "@pier/protocol";

/** Members of what should be an object; none when it is something else. What pi and its extensions write is never checked before. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A string that may have been elided; undefined when it is neither. */
export function body(value: unknown): Body | undefined {
  return typeof value === "string" ? value : elided(value);
}

export function elided(value: unknown): Elided | undefined {
  const { elided: is, head, tail, bytes, href } = record(value);
  if (is !== true || typeof head !== "string" || typeof tail !== "string") return undefined;
  return { elided: true, head, tail, bytes: number(bytes) ?? 0, href: typeof href === "string" ? href : null };
}
