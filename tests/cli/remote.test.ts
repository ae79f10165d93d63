import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { launcher, type Ran, runProgram } from "./programs.ts";
import { Terminal } from "./terminal.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
let session: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  session = (await restOf(daemon).create({ working_dir: daemon.folder })).id;
  const env = { ...daemon.env, PIER_DATA_DIR: daemon.dataDir };
  await runProgram(["send", session, say("Words from before."), "--wait"], { env, cwd: daemon.folder });
});
afterAll(() => daemon.dispose());

/** Another machine: a home without the daemon's files. */
let elsewhere: { home: string; env: NodeJS.ProcessEnv; hosts: string };
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), "pier-elsewhere-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { PATH, LANG, TERM } = process.env;
  elsewhere = { home, env: { PATH, LANG, TERM, HOME: home }, hosts: join(home, ".config", "pier", "hosts.json") };
});

const attach = (args: readonly string[], input = ""): Promise<Ran> =>
  runProgram(args, { env: elsewhere.env, cwd: elsewhere.home, input });

async function pairingCode(scope = "prompt"): Promise<{ code: string; links: string[] }> {
  const response = await fetch(`${daemon.url}/api/pairing`, {
    method: "POST",
    headers: { authorization: `Bearer ${daemon.token}`, "content-type": "application/json" },
    body: JSON.stringify({ scope }),
  });
  return (await response.json()) as { code: string; links: string[] };
}

const say = (text: string): string => `${script([{ text }])}\n`;

describe("pier attach URL", () => {
  test("in a terminal without a token, asks for a code, keeps the token, and does not ask again", async () => {
    const url = daemon.url.replace("http", "ws");
    const terminal = () =>
      new Terminal([process.execPath, launcher("pier"), "attach", url], { env: elsewhere.env, cwd: elsewhere.home });
    const screen = terminal();
    await screen.shows("Code or link:");
    screen.enter((await pairingCode()).code.toLowerCase());
    await screen.shows("Words from before.");
    screen.press("C-d");
    const { host } = new URL(daemon.url);
    await screen.shows(`Come back with:\n  pier attach ${host.replace(":", "-")}/${session.slice(0, 8)}`);
    await terminal().shows("Words from before.");
    expect(readFileSync(elsewhere.hosts, "utf8")).toContain(host);
  });

  test("with a pairing link, needs no question", async () => {
    const [link = ""] = (await pairingCode()).links;
    const { code, stdout } = await attach(["attach", link, "--session", session.slice(0, 8)], say("By link."));
    expect(code).toBe(0);
    expect(stdout).toContain("By link.");
    expect(await attach(["attach", daemon.url], say("By the saved token."))).toMatchObject({ code: 0 });
  });

  test("with --token-file, uses that token", async () => {
    const file = join(elsewhere.home, "token");
    writeFileSync(file, `${daemon.token}\n`);
    expect(await attach(["attach", daemon.url, "--token-file", file], say("By file."))).toMatchObject({ code: 0 });
  });

  test("pi-client connect, does the same", async () => {
    const file = join(elsewhere.home, "token");
    writeFileSync(file, daemon.token);
    const ran = await runProgram(["connect", daemon.url.replace("http", "ws"), "--token-file", file], {
      ...elsewhere,
      cwd: elsewhere.home,
      input: say("As pi-client."),
      name: "pi-client",
    });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("As pi-client.") });
  });

  test("the daemon of this machine under another name of loopback, needs no token", async () => {
    const env = { ...daemon.env, PIER_DATA_DIR: daemon.dataDir };
    const url = daemon.url.replace("127.0.0.1", "localhost");
    expect(await runProgram(["attach", url], { env, cwd: daemon.folder, input: say("Local.") })).toMatchObject({
      code: 0,
    });
  });

  test("a wrong token, is refused in one sentence", async () => {
    const file = join(elsewhere.home, "token");
    writeFileSync(file, "x".repeat(43));
    expect(await attach(["attach", daemon.url, "--token-file", file])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: ${new URL(daemon.url).host} does not accept the token in --token-file: pair anew with \`pier pair\` there.\n`,
    });
  });

  test("a saved token that was revoked, is forgotten", async () => {
    const [link = ""] = (await pairingCode()).links;
    await attach(["attach", link], say("Once."));
    const headers = { authorization: `Bearer ${daemon.token}` };
    const devices = (await (await fetch(`${daemon.url}/api/devices`, { headers })).json()) as {
      id: string;
      name: string;
    }[];
    for (const { id, name } of devices)
      if (name.startsWith("pier on ")) await fetch(`${daemon.url}/api/devices/${id}`, { method: "DELETE", headers });
    expect(await attach(["attach", daemon.url])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^pier: \S+ no longer accepts the token that was saved for it; it is forgotten now/,
      ),
    });
    expect(await attach(["attach", daemon.url])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: There is no token for /),
    });
  });

  test("a used pairing link, is refused in the daemon's words", async () => {
    const [link = ""] = (await pairingCode()).links;
    await attach(["attach", link], say("Once."));
    expect(await attach(["attach", link], say("Twice."))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: The pairing code is wrong, was used, or is older than five minutes.*\n$/),
    });
  });

  test("nobody there, is said in one sentence", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    expect(await attach(["attach", `ws://127.0.0.1:${port}`])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: No daemon answers at http://127.0.0.1:${port}: is the address right, and does \`pier serve\` run there?\n`,
    });
  });

  test("a server that is older, or something else, is said in one sentence", async () => {
    // What pi-server was: a bare WebSocket server, which answers HTTP with 426.
    const old = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(old, "listening");
    onTestFinished(() => old.close());
    const { port } = old.address() as { port: number };
    expect(await attach(["attach", `ws://127.0.0.1:${port}`])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^pier: What answers at http:\/\/127\.0\.0\.1:\d+ is no Pier daemon that this client can speak to: .*\n$/,
      ),
    });
  });

  test("an address that is none, is said", async () => {
    expect(await attach(["attach", "http://user:secret@127.0.0.1:1/"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: The URL holds a user name or a password/),
    });
  });
});
