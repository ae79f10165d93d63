import { limits } from "./limits.ts";
import type { Scope } from "./scopes.ts";

/** The limits of the wire as they hold for a device of a scope. */
export function limitsOf(scope: Scope): Record<keyof typeof limits, number> {
  if (scope !== "read") return limits;
  const { readFrame, readBurst, readBytesPerSecond } = limits;
  return { ...limits, frame: readFrame, burst: readBurst, bytesPerSecond: readBytesPerSecond };
}
