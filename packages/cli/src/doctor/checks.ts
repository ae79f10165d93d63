import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { DoctorFlags } from "../commands/doctor.ts";
import { dataDirOf, findLocalDaemon, type LocalDaemon } from "../daemon/local-daemon.ts";
import { errorSentence } from "../error-sentence.ts";
import type { Io } from "../io.ts";
import { homePath } from "../text/home-path.ts";
import { cliVersion } from "../version.ts";
import { checkPort } from "./check-port.ts";
import type { Finding } from "./finding.ts";
import { programVersion } from "./program-version.ts";

/** Looks at one thing after the other. */
export async function* checks(io: Io, flags: DoctorFlags): AsyncGenerator<Finding> {
  yield { title: "Pier", state: "good", text: `${cliVersion}, with Node ${process.versions.node}` };
  const daemon = await findLocalDaemon(io, flags).catch(() => null);
  yield* checkPi(io, flags, daemon);
  yield await checkDataFolder(io, flags);
  yield await checkPort(flags.port, daemon);
  yield await checkProgram("git", "git", ["--version"], io, "not found: the diff view needs it");
  yield await checkProgram("direnv", "direnv", ["version"], io, "not found; only folders with an .envrc miss it");
}

async function* checkPi(io: Io, flags: DoctorFlags, daemon: LocalDaemon | null): AsyncGenerator<Finding> {
  const { childEnvironment, findPi, probeModels, readPiVersion } = await import("@pier/server/local");
  try {
    const env = childEnvironment(io.env);
    const pi = findPi(flags.piCliPath, io.env);
    const version = await readPiVersion(pi, env);
    yield {
      title: "pi",
      state: "good",
      text: `${version}, ${pi.source === "bundled" ? "bundled with Pier" : homePath(pi.path, io.env)}`,
    };
    let problem = "";
    const options = { cwd: io.cwd, env, onFailure: (reason: string) => (problem = reason) };
    const models = daemon ? await daemon.api.models() : await probeModels(pi, options);
    if (models) yield modelsFinding(models);
    else
      yield {
        title: "Models",
        state: "wrong",
        text: `pi ended before it listed them: ${problem || "it gave no reason"}`,
      };
  } catch (error) {
    yield { title: "pi", state: "wrong", text: errorSentence(error) };
  }
}

function modelsFinding(models: readonly { provider: string; id: string }[]): Finding {
  const providers = [...new Set(models.map(({ provider }) => provider))];
  if (models.length === 0) {
    const text = "pi has none to use: run `pi` and /login, or set an API key; until then the demo model answers";
    return { title: "Models", state: "wrong", text };
  }
  return { title: "Models", state: "good", text: `${models.length}, of ${providers.slice(0, 6).join(", ")}` };
}

async function checkDataFolder(io: Io, flags: DoctorFlags): Promise<Finding> {
  const dataDir = await dataDirOf(io, flags);
  const title = "Data";
  const shown = homePath(dataDir, io.env);
  let folder = dataDir;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (!statSync(folder).isDirectory())
    return { title, state: "wrong", text: `${shown} cannot be made: ${folder} is not a folder` };
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return {
      title,
      state: "wrong",
      text: `${shown} may not be written: change its owner or rights, or use --data-dir`,
    };
  }
  return { title, state: "good", text: folder === dataDir ? shown : `${shown}, made at the first start` };
}

async function checkProgram(title: string, program: string, args: string[], io: Io, missing: string): Promise<Finding> {
  const version = await programVersion(program, args, io.env);
  return version === null ? { title, state: "note", text: missing } : { title, state: "good", text: version };
}
