import { limits } from "./limits.ts";
import type { MessagePlace } from "./rows/message-place.ts";

/** Where a person left a conversation: at a part of a message, so many px below its upper edge. */
export interface LeftOff extends MessagePlace {
  into: number;
}

const name = "pier-left-off";

/** Where this browser left a session; null when that was its end. */
export function leftOff(session: string): LeftOff | null {
  return read().find(([id]) => id === session)?.[1] ?? null;
}

/** Keeps where a session is left, or forgets it. Of too many sessions the oldest go. */
export function keepLeftOff(session: string, place: LeftOff | null): void {
  const others = read().filter(([id]) => id !== session);
  const places = place ? [...others, [session, place] as const] : others;
  try {
    localStorage.setItem(name, JSON.stringify(places.slice(-limits.leftOff)));
  } catch {
    // A browser that keeps nothing: sessions open at their end.
  }
}

function read(): (readonly [string, LeftOff])[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is [string, LeftOff] {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const { message, before, after, into } = (value[1] ?? {}) as Partial<Record<keyof LeftOff, unknown>>;
  return [message, before, after].every((part) => typeof part === "string") && Number.isFinite(into);
}
