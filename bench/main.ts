import { parseArgs } from "node:util";
import type { Figure } from "./report/figure.ts";
import { table } from "./report/table.ts";
import { workloads } from "./workloads/index.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, repeat: { type: "string", default: "3" } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(workloads, name));
if (unknown.length > 0)
  throw new Error(`No workload ${unknown.join(", ")}: there are ${Object.keys(workloads).join(", ")}.`);

const results: Record<string, Figure[]> = {};
for (const [name, measure] of Object.entries(workloads)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const figures = await measure({ repeat: Number(values.repeat) });
  results[name] = figures;
  if (!values.json) console.log(`${name}\n${table(figures)}\n`);
}
if (values.json) console.log(JSON.stringify(results, null, 2));
