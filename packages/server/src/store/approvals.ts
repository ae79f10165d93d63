import type { Database } from "./database.ts";

/** What somebody who may run programs here approved, by digest. */
export interface Approvals {
  approve(digest: string): void;
  isApproved(digest: string): boolean;
}

export function approvals(db: Database, now: () => number = Date.now): Approvals {
  return {
    approve(digest) {
      db.run("INSERT OR IGNORE INTO approvals (digest, approved_at) VALUES (:digest, :now)", { digest, now: now() });
    },
    isApproved: (digest) => db.get("SELECT 1 FROM approvals WHERE digest = :digest", { digest }) !== undefined,
  };
}
