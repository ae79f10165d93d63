import { isQuick, leastInGroup, mostInGroup } from "./quick-tools.ts";
import type { FoldRow, GroupRow, PartRow, Row } from "./row.ts";

/** What a person opened or closed, by the row's key; undefined where nobody did. */
export type IsOpen = (key: string) => boolean | undefined;

/** Where in `rows` the group of a part begins: a change of that part is laid out anew from there. */
interface Start {
  part: number;
  row: number;
}

/** The parts of a turn as rows, with runs of quick calls as groups. Continues where it stands, so that an end is cheap to change. */
export class TurnLayout {
  readonly rows: Row[] = [];
  readonly #starts: Start[] = [];

  /** Lays out anew from a part on. Returns the first row that may have changed. */
  update(parts: readonly PartRow[], from: number, isOpen: IsOpen): number {
    // A call may join the group before it.
    const start = this.#starts[Math.max(0, from - 1)];
    let at = start?.part ?? 0;
    const first = start?.row ?? 0;
    this.rows.length = first;
    this.#starts.length = at;
    while (at < parts.length) at += this.#addRun(parts, at, isOpen);
    return first;
  }

  /** Adds the rows of the run of parts that begins here. Returns how many parts it has. */
  #addRun(parts: readonly PartRow[], at: number, isOpen: IsOpen): number {
    const start = { part: at, row: this.rows.length };
    const length = runLength(parts, at);
    for (let count = 0; count < length; count++) this.#starts.push(start);
    const run = parts.slice(at, at + length);
    if (length >= leastInGroup) {
      const group = groupOf(run, isOpen);
      this.rows.push(group);
      if (!group.open) return length;
    }
    this.rows.push(...run);
    return length;
  }
}

function runLength(parts: readonly PartRow[], at: number): number {
  const first = parts[at];
  if (!isQuick(first)) return 1;
  let length = 1;
  for (let next = parts[at + 1]; length < mostInGroup && isQuick(next) && next.name === first.name;) {
    next = parts[at + ++length];
  }
  return length;
}

function groupOf(run: readonly PartRow[], isOpen: IsOpen): GroupRow {
  const [{ key: first, turn }] = run as [PartRow];
  const key = `${first}:group`;
  const calls = run.filter(isQuick);
  const running = calls.some(({ state }) => state !== "done");
  const name = calls[0]?.name ?? "";
  return { kind: "group", key, turn, open: isOpen(key) ?? false, name, count: run.length, running };
}

/** Rows of a turn that is over: its work in one line, then its answer. */
export function foldedRows(parts: readonly PartRow[], answerFrom: number, fold: FoldRow, isOpen: IsOpen): Row[] {
  const first = parts.findIndex(isWork);
  const before = parts.slice(0, first);
  const rest = parts.slice(answerFrom);
  const between = parts.slice(first, answerFrom);
  if (!fold.open) return [...before, fold, ...between.filter((part) => !isWork(part)), ...rest];
  const layout = new TurnLayout();
  layout.update(between, 0, isOpen);
  return [...before, fold, ...layout.rows, ...rest];
}

/** Whether a row tells how the model got to its answer. */
export function isWork(part: PartRow): boolean {
  return part.kind === "tool" || part.kind === "thinking" || part.kind === "prose" || part.kind === "stop";
}
