import { realpathSync, statSync } from "node:fs";
import type { ModelRecord } from "@pier/protocol";
import { errorSentence } from "../session/error-sentence.ts";
import type { Demo } from "./demo.ts";
import { findPi, type PiProgram } from "./find-pi.ts";
import { readPiVersion } from "./pi-version.ts";
import { probeModels } from "./probe-models.ts";

export interface PiSetupOptions {
  /** `--pi-cli-path`. */
  cliPath: string | undefined;
  /** Whether the demo model was asked for. */
  demo: boolean;
  demoModel: Demo;
  env: NodeJS.ProcessEnv;
  /** What children inherit. */
  childEnv: Record<string, string>;
  cwd: string;
}

/** What is known of pi and its models after the first look. */
export interface PiReport {
  path?: string;
  source?: PiProgram["source"];
  version?: string;
  models: ModelRecord[];
  /** Whether sessions run on the demo model, and why. */
  demo: false | "asked" | "no models";
  /** Why there is no pi, or no list of models. */
  problem?: string;
}

/** Which pi is used and what it can do; looked at anew when the file changes, so that an upgrade needs no restart. */
export class PiSetup {
  readonly #options: PiSetupOptions;
  #known: { key: string; found: Promise<{ program: PiProgram; version: string }> } | undefined;
  #report: Promise<PiReport> | undefined;
  #latest: PiReport = { models: [], demo: false };

  constructor(options: PiSetupOptions) {
    this.#options = options;
  }

  /** @throws PierError `PI_NOT_FOUND`, `PI_UNUSABLE` */
  async pi(): Promise<{ program: PiProgram; version: string }> {
    const program = findPi(this.#options.cliPath, this.#options.env);
    const real = realpathSync(program.path);
    const key = `${real} ${statSync(real).mtimeMs}`;
    if (this.#known?.key !== key) {
      const found = readPiVersion(program, this.#options.childEnv).then((version) => ({ program, version }));
      // A pi that could not be run is looked at again next time.
      found.catch(() => {
        this.#known = undefined;
      });
      this.#known = { key, found };
    }
    return this.#known.found;
  }

  /** Looks at pi and asks it for its models, once. Never throws: what went wrong stands in `problem`. */
  report(): Promise<PiReport> {
    this.#report ??= this.#look().then((report) => (this.#latest = report));
    return this.#report;
  }

  /** What is known so far. */
  get latest(): PiReport {
    return this.#latest;
  }

  /** Whether a new session runs on the demo model. */
  async demo(): Promise<boolean> {
    return this.#options.demo || (await this.report()).demo !== false;
  }

  /** The environment of a session's pi. */
  async environment(demo: boolean): Promise<Record<string, string>> {
    const { demoModel, childEnv } = this.#options;
    return demo ? demoModel.environment(childEnv) : childEnv;
  }

  async #look(): Promise<PiReport> {
    const asked = this.#options.demo ? "asked" : false;
    try {
      const { program, version } = await this.pi();
      let problem = "";
      const models = await probeModels(program, {
        cwd: this.#options.cwd,
        env: await this.environment(asked !== false),
        onFailure: (reason) => (problem = reason),
      });
      const found = { path: program.path, source: program.source, version };
      if (models === null)
        return { ...found, models: [], demo: asked, problem: `pi did not list its models: ${problem}` };
      if (models.length > 0 || asked) return { ...found, models, demo: asked };
      const demoModels = await probeModels(program, {
        cwd: this.#options.cwd,
        env: await this.environment(true),
        onFailure: () => {},
      });
      return { ...found, models: demoModels ?? [], demo: "no models" };
    } catch (error) {
      return { models: [], demo: asked, problem: errorSentence(error) };
    }
  }
}
