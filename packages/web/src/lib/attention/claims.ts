import { limits } from "./limits.ts";

/** Ways to call somebody; each is used by one page of this browser alone. */
type Way = "sound" | "notification";

/**
 * Lets one page of this browser call for a session. Resolves with whether it is this one: another may have been quicker, or
 * shows the session to somebody who looks.
 */
export async function claim(way: Way, session: string): Promise<boolean> {
  const locks = locksOf();
  if (!locks) return true;
  return new Promise((resolve, reject) => {
    const take = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null);
      return lock ? new Promise((free) => setTimeout(free, limits.claim)) : undefined;
    };
    locks.request(nameOf(way, session), { ifAvailable: true }, take).catch(reject);
  });
}

/** Keeps other pages from calling for a session that somebody looks at here, until the returned function is called. */
export function hold(session: string): () => void {
  const release = Promise.withResolvers<void>();
  const gone = new AbortController();
  for (const way of ["sound", "notification"] as const) {
    locksOf()
      ?.request(nameOf(way, session), { signal: gone.signal }, () => release.promise)
      // Nothing waits any more.
      .catch(() => {});
  }
  return () => {
    release.resolve();
    gone.abort();
  };
}

/** Only pages over https, and those of this machine, have them; without, each page calls for itself. */
function locksOf(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}

function nameOf(way: Way, session: string): string {
  return `pier.${way}.${session}`;
}
