import { attach } from "./attach.ts";
import { away } from "./away.ts";
import { latency } from "./latency.ts";
import { listing } from "./listing.ts";
import { memory } from "./memory.ts";
import { start } from "./start.ts";
import { terminal } from "./terminal.ts";
import { throughput } from "./throughput.ts";
import { tokens } from "./tokens.ts";
import { web } from "./web.ts";
import type { Workload } from "./workload.ts";

/** Every workload by its name, in the order of a whole run. */
export const workloads: Readonly<Record<string, Workload>> = {
  latency,
  throughput,
  attach,
  memory,
  listing,
  away,
  tokens,
  start,
  terminal,
  web,
};
