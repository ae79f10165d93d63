import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemoModel, script, writeDemoAgentDir } from "@pier/demo-model";
import { expect, onTestFinished, test, vi } from "vitest";
import { processEnvironment } from "../harness/process-environment.ts";
import { poll } from "../harness/wait-for.ts";
import { type Ran, runHere, startProgram } from "./programs.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A machine of its own: a home with a model that pi can use, a project, nothing else. */
async function machine() {
  const home = mkdtempSync(join(tmpdir(), "pier-cli-"));
  const model = await startDemoModel({ stepDelayMs: 0 });
  const agentDir = join(home, ".pi", "agent");
  await writeDemoAgentDir(agentDir, { port: model.port });
  const env = processEnvironment(home, { PI_CODING_AGENT_DIR: agentDir });
  const pier = (...args: string[]): Promise<Ran> => runHere("pier", args, { env, cwd: home });
  onTestFinished(async () => {
    await pier("stop");
    await model.close();
    rmSync(home, { recursive: true, force: true });
  });
  return { home, model, env, pier };
}

type Machine = Awaited<ReturnType<typeof machine>>;

/** Starts a daemon and waits until it said all it says at the start. */
async function serve(
  { env, home }: Machine,
  args: readonly string[] = [],
  name: "pier" | "pi-server" | "piface" = "pier",
) {
  const child = startProgram(["serve", "--port", "0", ...args], { env, cwd: home, name });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  // Not "exit": what it said last may come after that.
  const exit = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const url = await poll(() => {
    if (child.exitCode !== null) throw new Error(`serve ended: ${errors}`);
    return /^Listening on (\S+)$/m.exec(output)?.[1];
  }, "Listening");
  await poll(() => output.includes("pier pair"), "the rest of the welcome");
  return { child, url, output: () => output, exit };
}

test("serve, says where it listens first, then which pi, models, data, and how to get in", async () => {
  const here = await machine();
  const { output, url, child, exit } = await serve(here);
  const lines = output().split("\n");
  expect(lines[0]).toBe(`Listening on ${url}`);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  expect(lines[1]).toMatch(/^ {2}pi {7}\d+\.\d+\.\d+, /);
  expect(lines[2]).toMatch(/^ {2}models {3}\d+, of pier-demo$/);
  expect(lines[3]).toBe("  data     ~/.local/share/pier");
  expect(output()).toContain("pier attach  joins one again");
  expect(output()).not.toContain("#pair=");
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
  expect(output()).toContain("Closed. No turn was under way");
});

test("serve --demo, labels the demo model", async () => {
  const here = await machine();
  const { output } = await serve(here, ["--demo"]);
  expect(output()).toMatch(/models {3}demo model, as asked: scripted answers/);
  expect((await here.pier("status")).stdout).toMatch(/^pi +\S+, with the demo model$/m);
});

test("SIGINT while a turn runs, leaves the turn running, says so, and the next daemon has it", async () => {
  const here = await machine();
  const first = await serve(here);
  const id = (await here.pier("new")).stdout.trim();
  await here.pier("send", id, script([{ gate: "turn" }, { text: "Made it." }]));
  await here.model.gates.waitForArrival("turn");
  first.child.kill("SIGINT");
  expect(await first.exit).toEqual([0, null]);
  expect(first.output()).toContain("Closed. 1 turn goes on without it; the next `pier serve` finds it.");
  expect((await here.pier("ls")).stderr).toBe("pier: No daemon runs: start one with `pier serve`.\n");
  await serve(here);
  expect((await here.pier("ls")).stdout).toMatch(new RegExp(`^${id.slice(0, 8)} +running`, "m"));
  const steered = here.pier("send", id, script([{ text: "And on." }]), "--wait");
  here.model.gates.open("turn");
  expect(await steered).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(And on|Made it)\.\n$/) });
});

test("stop, ends sessions in order and waits until the daemon is gone", async () => {
  const here = await machine();
  const { child, exit, output } = await serve(here);
  const id = (await here.pier("new", "--name", "kept")).stdout.trim();
  const { stdout, code } = await here.pier("stop");
  expect(code).toBe(0);
  expect(stdout).toBe(`Stopped the daemon (pid ${child.pid}). Sessions are kept; \`pier serve\` brings them back.\n`);
  expect(await exit).toEqual([0, null]);
  expect(output()).toMatch(/Asked to stop: ending sessions in order\.\nStopped\.\n$/);
  await serve(here);
  expect((await here.pier("ls")).stdout).toMatch(new RegExp(`^${id.slice(0, 8)} +parked +kept`, "m"));
});

test("a second daemon with the same data folder, names the first and ends with 1", async () => {
  const here = await machine();
  const { child, url } = await serve(here);
  const { code, stdout, stderr } = await here.pier("serve", "--port", "0");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^pier: The daemon with pid ${child.pid} at ${url} uses .* already: .*\n$`));
});

test("a port that is taken, is said with what to do", async () => {
  const here = await machine();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  expect(await here.pier("serve", "--port", String(port))).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(new RegExp(`^pier: Port ${port} is taken: .*\n$`)),
  });
});

test("a data folder that cannot be made, is said", async () => {
  const here = await machine();
  const { code, stderr } = await here.pier("serve", "--port", "0", "--data-dir", "/dev/null/pier");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pier: .*\/dev\/null.*\n$/);
  expect(stderr.split("\n")).toHaveLength(2);
});

test("pi-server, starts a session in its folder at once and says what version 1 clients may do", async () => {
  const here = await machine();
  const { output } = await serve(here, [], "pi-server");
  const words = "clients of protocol version 1 on this machine need no credential";
  await poll(() => output().includes(words), words);
  const sessions = async () => JSON.parse((await here.pier("ls", "--json")).stdout) as { working_dir: string }[];
  let found = await sessions();
  while (found.length === 0) found = await sessions();
  expect(found.map(({ working_dir }) => working_dir)).toEqual([here.home]);
});

test("piface --no-direnv --no-tts, serves", async () => {
  const here = await machine();
  const { url } = await serve(here, ["--no-direnv", "--no-tts"], "piface");
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(existsSync(join(here.home, ".local", "share", "pier", "daemon.json"))).toBe(true);
});
