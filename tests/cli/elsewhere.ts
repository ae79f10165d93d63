import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProgramName } from "@pier/cli";
import { onTestFinished } from "vitest";
import type { TestDaemon } from "../harness/test-daemon.ts";
import { launcher, type Ran, runHere, runProgram } from "./programs.ts";
import { Terminal } from "./terminal.ts";

/** Another machine: a home that knows nothing of the daemon. It goes with the test. */
export class Elsewhere {
  readonly home = mkdtempSync(join(tmpdir(), "pier-elsewhere-"));
  readonly env: NodeJS.ProcessEnv;

  constructor(more: Record<string, string> = {}) {
    const { PATH, LANG, TERM } = process.env;
    this.env = { PATH, LANG, TERM, HOME: this.home, ...more };
    onTestFinished(() => rmSync(this.home, { recursive: true, force: true }));
  }

  /** Runs `pier` within this process. */
  pier(args: readonly string[], input = "", name: ProgramName = "pier"): Promise<Ran> {
    return runHere(name, args, { env: this.env, cwd: this.home, input });
  }

  /** Runs it in a process of its own. */
  program(args: readonly string[], input = "", name: ProgramName = "pier"): Promise<Ran> {
    return runProgram(args, { env: this.env, cwd: this.home, input, name });
  }

  terminal(...args: string[]): Terminal {
    return new Terminal([process.execPath, launcher("pier"), ...args], { env: this.env, cwd: this.home });
  }

  /** Where tokens are kept. */
  get hostsFile(): string {
    return join(this.home, ".config", "pier", "hosts.json");
  }

  get hosts(): Record<string, Record<string, unknown>> {
    return JSON.parse(readFileSync(this.hostsFile, "utf8")) as Record<string, Record<string, unknown>>;
  }
}

/** A new way in, as `pier pair --json` on the daemon's machine gives it. */
export async function pairing(daemon: TestDaemon, scope = "prompt"): Promise<{ code: string; link: string }> {
  const { code, links } = JSON.parse(await here(daemon, "pair", "--json", "--scope", scope)) as {
    code: string;
    links: string[];
  };
  return { code, link: links[0] ?? "" };
}

/** Takes the access of all devices away that were paired from elsewhere. */
export async function revokeAll(daemon: TestDaemon): Promise<void> {
  const devices = JSON.parse(await here(daemon, "devices", "--json")) as { id: string; current: boolean }[];
  for (const { id, current } of devices) if (!current) await here(daemon, "devices", "revoke", id);
}

/** What a command on the daemon's own machine says. */
export async function here(daemon: TestDaemon, ...args: string[]): Promise<string> {
  const env = { ...daemon.env, PIER_DATA_DIR: daemon.dataDir };
  const { code, stdout, stderr } = await runHere("pier", args, { env, cwd: daemon.folder });
  if (code !== 0) throw new Error(`pier ${args.join(" ")} ended with ${code}: ${stderr}`);
  return stdout;
}
