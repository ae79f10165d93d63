import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A path in a new folder that is gone after the test; nothing is at the path yet. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pier-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "data");
}
