/** Longest wait for a condition, in ms: far above what any takes, so that only what never comes reaches it. */
const deadline = 40_000;

export interface WaitOptions {
  /** What is waited for, for the error. */
  what: string;
  /** Calls its argument whenever the condition may have changed; returns what ends that. */
  subscribe: (check: () => void) => () => void;
  /** What is there instead, for the error. */
  describe?: () => unknown;
}

/** Resolves with the first truthy value of `read`. Rejects when it throws, or when the deadline passed. */
export function waitFor<T>(read: () => T, options: WaitOptions): Promise<NonNullable<T>> {
  const { what, subscribe, describe } = options;
  return new Promise((resolve, reject) => {
    let unsubscribe = (): void => {};
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new Error(`Waited ${deadline} ms in vain for ${what}; instead: ${JSON.stringify(describe?.())}`));
    }, deadline);
    const check = (): boolean => {
      try {
        const value = read();
        if (!value) return false;
        resolve(value);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      clearTimeout(timer);
      unsubscribe();
      return true;
    };
    if (!check()) unsubscribe = subscribe(check);
  });
}

/** The same for what nobody announces, such as the state of a process: looked at every few ms. */
export function poll<T>(read: () => T, what: string): Promise<NonNullable<T>> {
  return waitFor(read, {
    what,
    subscribe: (check) => {
      const timer = setInterval(check, 10);
      return () => clearInterval(timer);
    },
  });
}
