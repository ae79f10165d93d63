import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds. @throws when it does not within `seconds` */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await sleep(5);
  }
}
