import type { Figure } from "../report/figure.ts";

export interface WorkloadOptions {
  /** How often a measurement is repeated; the median counts. */
  repeat: number;
}

/** Measures something, within a bounded time. */
export type Workload = (options: WorkloadOptions) => Promise<Figure[]>;
