/** A session's reference to a file that was attached to it. */
export interface UploadRow {
  id: string;
  session: string;
  /** The file's name on disk. */
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** Several references may name the same file. */
  path: string;
  /** Whether a prompt named it. */
  used: boolean;
  /** ms since 1970. */
  createdAt: number;
}

/**
 * The references on disk. A file that is about to be made, and one whose last reference went, is *loose* until it is
 * settled: so a daemon that ends in between is followed by one that knows what to clear away. Every method is durable when
 * it returns. The references of a session come with it from its parent, and go with it.
 */
export interface UploadRows {
  /** Oldest first. */
  list(session: string): UploadRow[];
  find(session: string, id: string): UploadRow | undefined;
  withContent(sha256: string): UploadRow[];
  /** Keeps references, and settles what was loose. */
  insert(rows: readonly UploadRow[], settled: readonly string[]): void;
  markUsed(ids: readonly string[]): void;
  /** Removes one reference; its file is loose from now on. */
  remove(session: string, id: string): void;
  /** Notes a file that is about to be made. */
  addLoose(path: string): void;
  /** Files without a reference, as far as it was noted. */
  loose(): string[];
  /** Whether an upload or a session names a file. */
  isReferenced(path: string): boolean;
  settle(path: string): void;
}
