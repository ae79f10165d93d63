import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

type Files = Readonly<Record<string, string>>;

/** The projects of the scene: real repositories with something changed in them. Returns their folders. */
export function makeProjects(home: string): { tidetable: string; quayWeb: string } {
  const tidetable = repository(home, "tidetable", tidetableFiles, "fix/dst-offset");
  const quayWeb = repository(home, "quay-web", { "src/chart/night.css": "/* Contours. */\n" }, "night-style");
  writeFileSync(join(quayWeb, "src/chart/night.css"), ".contour {\n  stroke: var(--depth);\n  opacity: 0.8;\n}\n");
  return { tidetable, quayWeb };
}

function repository(home: string, name: string, files: Files, branch: string): string {
  const path = join(home, "code", name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  const git = (...args: string[]): void => {
    execFileSync("git", ["-c", "user.name=Pier", "-c", "user.email=pier@example.com", ...args], { cwd: path });
  };
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  git("switch", "-q", "-c", branch);
  return path;
}

const tidetableFiles: Files = {
  "package.json": `${JSON.stringify({
    name: "tidetable",
    scripts: {
      lint: "echo 'src: 14 files, 0 problems'",
      "lint:all": "node scripts/lint.mjs",
      test: "node scripts/suite.mjs",
    },
  })}\n`,
  "scripts/lint.mjs": `console.log("src/forecast/predict.ts\\n   2:10  error  'toEpoch' is imported and never used    no-unused-vars\\n\\n1 problem");
process.exitCode = 1;
`,
  // A suite that is never done, so that a picture of it can be taken.
  "scripts/suite.mjs": `console.log("ok  src/forecast/predict.test.ts      31 tests   2.1 s");
console.log("ok  src/forecast/daylight.test.ts      6 tests   0.4 s");
console.log("..  src/stations/load.test.ts        212 of 340");
setInterval(() => {}, 1_000);
`,
  "src/time.ts": "export const HOUR = 3_600_000;\n",
  "src/forecast/predict.ts": `import { constituents } from "./constituents.ts";
import { toEpoch, epochAt, HOUR } from "../time.ts";

export function predict(station: Station, local: Temporal.PlainDateTime): number {
  const terms = constituents(station);
  const t = epochAt(local, station.offset) / HOUR;
  return terms.reduce((sum, { height, speed, phase }) => sum + height * Math.cos(speed * t + phase), 0);
}
`,
};
