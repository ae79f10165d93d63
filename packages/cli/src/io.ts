import type { Readable, Writable } from "node:stream";

/** A stream that may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number };
export type Input = Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/** The world of a program: what a test replaces. */
export interface Io {
  stdin: Input;
  stdout: Output;
  stderr: Output;
  env: NodeJS.ProcessEnv;
  cwd: string;
  platform: NodeJS.Platform;
}

export function processIo(): Io {
  const { stdin, stdout, stderr, env, platform } = process;
  return { stdin, stdout, stderr, env, cwd: process.cwd(), platform };
}

/** Writes a line to stdout. */
export function print(io: Io, line = ""): void {
  io.stdout.write(`${line}\n`);
}

/** Whether the terminal can show more than one line after the other. */
export function canDraw(io: Io): boolean {
  return isInteractive(io) && io.env.TERM !== "dumb";
}

/** Whether a person sits at both ends. */
export function isInteractive(io: Io): boolean {
  return io.stdin.isTTY === true && io.stdout.isTTY === true;
}
