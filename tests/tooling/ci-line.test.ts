import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ciLine, countChecks, countTests } from "../../scripts/ci-line.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const report = (passed: number, failed: number, files: object[] = []): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files });

describe("countTests", () => {
  test("a clean report is counted as it is", () => {
    expect(countTests(report(7, 0), 0)).toEqual({ passed: 7, failed: 0 });
  });

  test("failed tests are counted once, not again for their file", () => {
    const files = [{ status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] }];
    expect(countTests(report(1, 1, files), 1)).toEqual({ passed: 1, failed: 1 });
  });

  test("a file that broke before its tests is a failure", () => {
    expect(countTests(report(5, 0, [{ status: "failed", assertionResults: [] }]), 1)).toEqual({ passed: 5, failed: 1 });
  });

  test("an exit code that the report does not explain is a failure", () => {
    expect(countTests(report(5, 0), 1)).toEqual({ passed: 5, failed: 1 });
  });

  test.each([
    ["missing", undefined],
    ["torn", '{"numPassedTests": 4'],
    ["of another shape", "{}"],
    ["null", "null"],
  ])("a report that is %s is a failure even when the exit code is 0", (_, text) => {
    expect(countTests(text, 0)).toEqual({ passed: 0, failed: 1 });
  });

  test("a report without one passed test is a failure", () => {
    expect(countTests(report(0, 0), 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe("countChecks", () => {
  test("each check counts as one", () => {
    const outcomes = JSON.stringify([{ passed: true }, { passed: false }, { passed: true }]);
    expect(countChecks(outcomes, 1)).toEqual({ passed: 2, failed: 1 });
  });

  test("no check at all is a failure", () => {
    expect(countChecks("[]", 0)).toEqual({ passed: 0, failed: 1 });
  });
});

test("ciLine adds up", () => {
  const counts = [
    { passed: 12, failed: 1 },
    { passed: 3, failed: 0 },
  ];
  expect(ciLine(counts)).toBe("15 passed, 1 failed");
});

describe(".ci/run", () => {
  test("all passed, ends with the sum and exit code 0", () => {
    expect(runCi({ test: 0, check: 0 })).toEqual({ last: "3 passed, 0 failed", code: 0 });
  });

  test("the tests break without a report, says so and fails", () => {
    expect(runCi({ test: 7, check: 0 })).toEqual({ last: "2 passed, 1 failed", code: 1 });
  });

  test("the installation fails, ends with 0 passed, 1 failed", () => {
    expect(runCi({ install: 1, test: 0, check: 0 })).toEqual({ last: "0 passed, 1 failed", code: 1 });
  });
});

/** Runs .ci/run in a folder where `npm` and scripts/run.mjs are stand-ins that end with the given codes. */
function runCi({ install = 0, test: tests = 0, check = 0 }): { last: string | undefined; code: number } {
  const folder = mkdtempSync(join(tmpdir(), "pier-ci-"));
  try {
    for (const name of [".ci", "scripts", "bin"]) mkdirSync(join(folder, name));
    cpSync(join(root, ".ci/run"), join(folder, ".ci/run"));
    cpSync(join(root, "scripts/ci-line.mjs"), join(folder, "scripts/ci-line.mjs"));
    writeFileSync(join(folder, "scripts/run.mjs"), `process.exit(${install})`);
    writeFileSync(join(folder, "bin/npm"), standInNpm(tests, check), { mode: 0o755 });
    const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"]}` };
    return lastLine(() => execFileSync("bash", [join(folder, ".ci/run")], { env, encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function standInNpm(tests: number, check: number): string {
  return `#!/bin/sh
case "$1" in
  test) for arg; do case "$arg" in --outputFile.json=*) out=\${arg#*=};; esac; done
    [ ${tests} = 0 ] && echo '${report(1, 0)}' > "$out"; exit ${tests};;
  run) echo '[{"passed":true},{"passed":true}]' > "$5"; exit ${check};;
esac`;
}

function lastLine(run: () => string): { last: string | undefined; code: number } {
  const lines = (text: string): string | undefined => text.trimEnd().split("\n").at(-1);
  try {
    return { last: lines(run()), code: 0 };
  } catch (error) {
    const { stdout, status } = error as { stdout: string; status: number };
    return { last: lines(stdout), code: status };
  }
}
