// npm run check [-- [--fix] [--json FILE] [name...]]: runs every check, or those whose name starts with one given.
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checks } from "./check/checks.ts";
import { repositoryFiles } from "./check/repository-files.ts";
import { runCheck, runTool, type Outcome } from "./check/run-check.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fix: { type: "boolean", default: false }, json: { type: "string" } },
});
const chosen = checks.filter(
  ({ name }) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
);
if (chosen.length === 0)
  throw new Error(`No check of that name: there are ${checks.map(({ name }) => name).join(", ")}`);

if (values.fix) for (const { fix } of chosen) if (fix) await runTool(fix, root);

const files = repositoryFiles(root);
const outcomes: Outcome[] = [];
const queue = [...chosen];
// As many at once as there are processors: more would only share them.
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const outcome = await runCheck(check, root, files);
      console.log(lineOf(outcome));
      outcomes.push(outcome);
    }
  }),
);
if (values.json) writeFileSync(values.json, JSON.stringify(outcomes));

const failed = outcomes.filter(({ passed }) => !passed);
for (const { name, output } of failed) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function lineOf({ name, passed, milliseconds }: Outcome): string {
  return `${passed ? "ok    " : "FAILED"}  ${(milliseconds / 1000).toFixed(1).padStart(5)} s  ${name}`;
}
