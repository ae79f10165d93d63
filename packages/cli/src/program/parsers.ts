import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError */
export function parsePort(text: string): number {
  const port = wholeNumber(text);
  if (port === undefined || port > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

/** @throws InvalidArgumentError */
export function parseMilliseconds(text: string): number {
  const ms = wholeNumber(text);
  // Node's timers take no more.
  if (ms === undefined || ms < 1 || ms > 2_147_483_647)
    throw new InvalidArgumentError("Give milliseconds, 60000 for a minute.");
  return ms;
}

/** @throws InvalidArgumentError */
export function parseBasePath(text: string): string {
  const path = text.replace(/\/+$/, "");
  if (path !== "" && !/^(\/[\w.~-]+)+$/.test(path)) throw new InvalidArgumentError("A prefix is a path such as /pier.");
  return path;
}

/** Gathers an option that may be given several times. */
export function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
