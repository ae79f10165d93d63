import { setImmediate, setTimeout } from "node:timers/promises";

/** Waits, and always lets others run: a long reply must not keep the server from hearing that its client left. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await (ms > 0 ? setTimeout(ms, undefined, { signal }) : setImmediate(undefined, { signal }));
}
