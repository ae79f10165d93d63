// @ts-check
// node scripts/ci-line.mjs TESTS_JSON TESTS_EXIT CHECKS_JSON CHECKS_EXIT: prints "N passed, N failed" and nothing else.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ status: string, assertionResults?: { status: string }[] }} TestFile
 */

/**
 * Counts what vitest's JSON report says. A file that broke before its tests ran is one failure.
 * @param {string | undefined} report
 * @param {number} exitCode
 * @returns {Count}
 */
export function countTests(report, exitCode) {
  return atLeastOneFailure(exitCode, () => {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(report ?? "");
    const brokenFiles = testResults.filter(
      (/** @type {TestFile} */ { status, assertionResults }) =>
        status === "failed" && !assertionResults?.some((assertion) => assertion.status === "failed"),
    );
    return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
  });
}

/**
 * Counts what scripts/check.ts reports.
 * @param {string | undefined} report
 * @param {number} exitCode
 * @returns {Count}
 */
export function countChecks(report, exitCode) {
  return atLeastOneFailure(exitCode, () => {
    /** @type {{ passed: boolean }[]} */
    const outcomes = JSON.parse(report ?? "");
    const passed = outcomes.filter((outcome) => outcome.passed).length;
    return { passed, failed: outcomes.length - passed };
  });
}

/**
 * A report that is missing, torn or empty, and an exit code that nothing in it explains, each count as one failure.
 * @param {number} exitCode
 * @param {() => Count} count
 * @returns {Count}
 */
function atLeastOneFailure(exitCode, count) {
  try {
    const { passed, failed } = count();
    if (!Number.isInteger(passed) || !Number.isInteger(failed)) return { passed: 0, failed: 1 };
    const isExplained = exitCode === 0 && passed > 0;
    return { passed, failed: isExplained ? failed : Math.max(1, failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** @param {Count[]} counts */
export function ciLine(counts) {
  const sum = (/** @type {keyof Count} */ key) => counts.reduce((total, count) => total + count[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
}

/** @param {string | undefined} file */
function readIfThere(file) {
  try {
    return readFileSync(file ?? "", "utf8");
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [tests, testsExit, checks, checksExit] = process.argv.slice(2);
  const counts = [
    countTests(readIfThere(tests), Number(testsExit)),
    countChecks(readIfThere(checks), Number(checksExit)),
  ];
  console.log(ciLine(counts));
}
