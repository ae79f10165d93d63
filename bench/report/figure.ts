/** One measured line. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The same through a direct pipe, in the same run. */
  direct?: number;
  /** What it should be, at most or at least. */
  mark?: { most: number } | { least: number };
}

/** Whether a figure meets its mark; undefined when it has none. */
export function meetsMark({ value, mark }: Figure): boolean | undefined {
  if (!mark) return undefined;
  return "most" in mark ? value <= mark.most : value >= mark.least;
}
