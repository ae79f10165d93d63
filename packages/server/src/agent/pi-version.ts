import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PierError } from "@pier/protocol";
import { limits } from "../limits.ts";
import { errorSentence } from "../session/error-sentence.ts";
import type { PiProgram } from "./find-pi.ts";

const run = promisify(execFile);

/** The oldest pi that Pier works with. */
const oldestPi = "0.74.0";

/**
 * Asks a pi for its version.
 *
 * @throws PierError `PI_UNUSABLE` when it does not run, says no version, or is too old
 */
export async function readPiVersion(pi: PiProgram, env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await run(pi.command, [...pi.prefix, "--version"], {
    timeout: limits.versionProbe,
    env,
  }).catch((cause: unknown) => {
    const words = (cause as { stderr?: string }).stderr?.trim() || errorSentence(cause);
    throw new PierError("PI_UNUSABLE", `${pi.path} does not run: ${words}`, { cause });
  });
  const version = /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? /\d+\.\d+\.\d+\S*/.exec(stderr)?.[0];
  if (version === undefined) throw new PierError("PI_UNUSABLE", `${pi.path} --version says no version: is it pi?`);
  if (!atLeast(version, oldestPi)) {
    throw new PierError("PI_UNUSABLE", `${pi.path} is pi ${version}: Pier needs ${oldestPi} or newer.`);
  }
  return version;
}

/** Whether a version is `needed` or newer. Unknown versions are taken for new ones. */
export function atLeast(version: string | null, needed: string): boolean {
  if (version === null) return true;
  const have = parts(version);
  const want = parts(needed);
  for (let index = 0; index < 3; index++) {
    if (have[index] !== want[index]) return (have[index] ?? 0) > (want[index] ?? 0);
  }
  return true;
}

/** Whether this pi says `agent_settled`. */
export function hasSettled(version: string | null): boolean {
  return atLeast(version, "0.80.4");
}

function parts(version: string): number[] {
  return version.split(/[.+-]/).slice(0, 3).map(Number);
}
