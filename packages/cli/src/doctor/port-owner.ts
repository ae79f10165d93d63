import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Which program listens on a port, as `node, pid 12`; null when the system does not tell. */
export async function portOwner(port: number): Promise<string | null> {
  return (await fromSs(port)) ?? (await fromLsof(port));
}

async function fromSs(port: number): Promise<string | null> {
  const text = await outputOf("ss", ["-Hltnp", `sport = :${port}`]);
  const [, name, pid] = /users:\(\("([^"]*)",pid=(\d+)/.exec(text) ?? [];
  return name === undefined ? null : `${name}, pid ${pid}`;
}

async function fromLsof(port: number): Promise<string | null> {
  const text = await outputOf("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"]);
  const [, pid, name] = /p(\d+)\nc(.*)/.exec(text) ?? [];
  return pid === undefined ? null : `${name}, pid ${pid}`;
}

async function outputOf(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(program, [...args], { timeout: 5_000 })).stdout;
  } catch {
    return "";
  }
}
