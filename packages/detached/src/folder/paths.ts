import { join } from "node:path";

/** The files in a child's folder. */
export interface Paths {
  readonly folder: string;
  readonly input: string;
  readonly output: string;
  readonly errors: string;
  readonly meta: string;
  /** Where the journal starts; there once something was trimmed. */
  readonly journal: string;
  /** There only while the journal is moved. */
  readonly move: string;
  /** The part of the journal that stays, while it is moved. */
  readonly kept: string;
}

/** Names every file in `folder`. */
export function pathsIn(folder: string): Paths {
  return {
    folder,
    input: join(folder, "in"),
    output: join(folder, "out"),
    errors: join(folder, "err"),
    meta: join(folder, "meta.json"),
    journal: join(folder, "journal.json"),
    move: join(folder, "move.json"),
    kept: join(folder, "out.kept"),
  };
}
