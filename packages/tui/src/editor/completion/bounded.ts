/** What a promise gives within a time; null when it fails, is too late or no longer wanted. */
export function bounded<T>(work: Promise<T>, { signal, ms }: { signal: AbortSignal; ms: number }): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<T | null>();
  const giveUp = (): void => resolve(null);
  const timer = setTimeout(giveUp, ms);
  signal.addEventListener("abort", giveUp);
  if (signal.aborted) giveUp();
  work.then(resolve, giveUp);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  });
}
