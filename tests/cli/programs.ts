import { type ChildProcess, spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Io, type ProgramName, run } from "@pier/cli";

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The file that a person starts as `name`. */
export function launcher(name: ProgramName): string {
  return fileURLToPath(new URL(`../../packages/cli/bin/${name}.js`, import.meta.url));
}

/** Runs a program within this process: quick, for what needs no daemon. */
export async function runHere(
  name: ProgramName,
  args: readonly string[],
  { input = "", ...parts }: Partial<Io> & { input?: string } = {},
): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const stdin = new PassThrough();
  stdin.end(input);
  const said = Promise.all([text(stdout), text(stderr)]);
  const io: Io = { stdin, stdout, stderr, env: {}, cwd: "/", platform: "linux", ...parts };
  const code = await run(name, args, io);
  stdout.end();
  stderr.end();
  const [out, err] = await said;
  return { code, stdout: out, stderr: err };
}

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Piped to it; without, stdin is empty. */
  input?: string;
  name?: ProgramName;
}

/** Runs a program in a process of its own and waits for its end. */
export async function runProgram(args: readonly string[], options: RunOptions): Promise<Ran> {
  const child = startProgram(args, options);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error("The program has no streams.");
  stdin.on("error", () => {});
  stdin.end(options.input ?? "");
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", reject);
  });
  const [code, out, err] = await Promise.all([ended, text(stdout), text(stderr)]);
  return { code, stdout: out, stderr: err };
}

/** Starts a program with pipes. */
export function startProgram(args: readonly string[], { env, cwd, name = "pier" }: RunOptions): ChildProcess {
  return spawn(process.execPath, [launcher(name), ...args], { env, cwd, stdio: "pipe" });
}
