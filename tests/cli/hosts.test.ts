import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { Elsewhere, here, pairing, revokeAll } from "./elsewhere.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
let host: string;
let session: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  ({ host } = new URL(daemon.url));
  session = (await here(daemon, "new", "--no-attach", "--name", "over there")).trim();
  await here(daemon, "send", session, say("Words from before."), "--wait");
});
afterAll(() => daemon.dispose());

const say = (text: string): string => script([{ text }]);

/** A machine that is paired with the daemon under the name `desk`. */
async function paired(more: Record<string, string> = {}): Promise<Elsewhere> {
  const elsewhere = new Elsewhere(more);
  const { link } = await pairing(daemon);
  expect(await elsewhere.pier(["hosts", "add", "desk", link])).toMatchObject({ code: 0, stderr: "" });
  return elsewhere;
}

describe("pier hosts", () => {
  test("add with a link, says as what it was paired; ls shows it without the token, and when it was used", async () => {
    const elsewhere = new Elsewhere();
    const { link } = await pairing(daemon, "read");
    const { stdout } = await elsewhere.pier(["hosts", "add", "desk", link]);
    expect(stdout).toMatch(
      new RegExp(
        `^Added desk \\(${daemon.url}\\), paired as "pier on .+" with the scope read\\. \`pier attach desk\` `,
      ),
    );
    expect((await elsewhere.pier(["hosts", "ls"])).stdout).toMatch(
      /^NAME +ADDRESS +PAIRED AS +LAST USED\ndesk +http:\/\/127\.0\.0\.1:\d+ +pier on .+ \(read\) +never\n$/,
    );
    await elsewhere.pier(["ls", "--host", "desk"]);
    const { stdout: json } = await elsewhere.pier(["hosts", "ls", "--json"]);
    expect(JSON.parse(json)).toEqual([
      {
        name: "desk",
        url: daemon.url,
        address: host,
        paired: true,
        device: expect.stringMatching(/^pier on /),
        scope: "read",
        fingerprint: null,
        last_used_at: expect.stringMatching(/^\d{4}-/),
      },
    ]);
    const token = elsewhere.hosts[host]?.token as string;
    expect(token.length).toBeGreaterThan(20);
    expect(json + stdout + (await elsewhere.pier(["hosts", "ls"])).stdout).not.toContain(token);
    expect(statSync(elsewhere.hostsFile).mode & 0o777).toBe(0o600);
  });

  test("add without a name, makes one of the address; with a code from a pipe, asks nothing", async () => {
    const elsewhere = new Elsewhere();
    const { code } = await pairing(daemon);
    expect(
      await elsewhere.pier(["hosts", "add", daemon.url.replace("http", "ws")], `${code.toLowerCase()}\n`),
    ).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Added ${host.replace(":", "-")} (${daemon.url})`),
    });
  });

  test("add in a terminal, asks for the code", async () => {
    const elsewhere = new Elsewhere();
    const screen = elsewhere.terminal("hosts", "add", "desk", daemon.url);
    await screen.shows("Code or link:");
    screen.enter((await pairing(daemon)).link);
    await screen.shows("exit code 0");
    expect(screen.text()).toContain("Added desk");
  });

  test("add with --token-file, takes that token; one that is not valid is refused and not kept", async () => {
    const elsewhere = new Elsewhere();
    const file = join(elsewhere.home, "token");
    writeFileSync(file, "x".repeat(43));
    const add = (): ReturnType<Elsewhere["pier"]> =>
      elsewhere.pier(["hosts", "add", "desk", daemon.url, "--token-file", file]);
    expect(await add()).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: ${host} does not accept the token in --token-file: pair anew with \`pier pair\` there.\n`,
    });
    expect((await elsewhere.pier(["hosts", "ls"])).stdout).toMatch(/^No host is saved/);
    writeFileSync(file, `${daemon.token}\n`);
    expect(await add()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"this machine" with the scope admin'),
    });
  });

  test.each([
    [["add", "desk"], '"desk" is no address of a daemon: give one like https://pier.example or wss://host/prefix.'],
    [
      ["add", "http://user:secret@127.0.0.1:1"],
      "The URL holds a user name or a password: pass a token beside it instead.",
    ],
    [
      ["add", "a b", "http://127.0.0.1:2"],
      '"a b" is no name for a host: use up to 63 letters, digits, dots and dashes, such as desk or pier.example.',
    ],
    [
      ["add", "desk/x", "http://127.0.0.1:2"],
      '"desk/x" is no name for a host: use up to 63 letters, digits, dots and dashes, such as desk or pier.example.',
    ],
    [
      ["add", "cafe", "http://127.0.0.1:2"],
      '"cafe" could be the beginning of a session\'s id: choose a name with other letters in it.',
    ],
    [["add", "local", "http://127.0.0.1:2"], '"local" is this machine\'s own daemon: choose another name.'],
    [
      ["add", "desk", "http://127.0.0.1:2"],
      "No daemon answers at http://127.0.0.1:2: is the address right, and does `pier serve` run there?",
    ],
    [
      ["add", "desk", "https://pier.invalid"],
      "There is no host named pier.invalid: is the address right, and the network there?",
    ],
    [["rm", "nobody"], 'There is no host "nobody": `pier hosts ls` lists those there are.'],
  ])("%j, is refused in one sentence", async (args, sentence) => {
    expect(await new Elsewhere().pier(["hosts", ...args])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: ${sentence}\n`,
    });
  });

  test("add with the name of another address, is refused; the same address again is paired anew", async () => {
    const elsewhere = await paired();
    expect(await elsewhere.pier(["hosts", "add", "desk", "http://127.0.0.1:2"])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: "desk" is ${daemon.url} already: choose another name, or \`pier hosts rm desk\` first.\n`,
    });
    const before = elsewhere.hosts[host]?.token;
    expect(await elsewhere.pier(["hosts", "add", (await pairing(daemon)).link])).toMatchObject({
      stdout: expect.stringMatching(/^Added desk /),
    });
    expect(elsewhere.hosts[host]?.token).not.toBe(before);
  });

  test("rm, forgets the token", async () => {
    const elsewhere = await paired();
    expect(await elsewhere.pier(["hosts", "rm", "desk"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Forgot desk and its token\. It still lets "pier on .+" in until somebody there revokes it/,
      ),
    });
    expect(elsewhere.hosts).toEqual({});
    expect(await elsewhere.pier(["ls", "--host", "desk"])).toEqual({
      code: 1,
      stdout: "",
      stderr: 'pier: There is no host "desk": `pier hosts ls` lists those there are, `pier hosts add` adds one.\n',
    });
  });

  test("a file of hosts that is broken, is named by every command and left as it is", async () => {
    const elsewhere = await paired();
    writeFileSync(elsewhere.hostsFile, "{ not json");
    const { link } = await pairing(daemon);
    for (const args of [
      ["hosts", "ls"],
      ["hosts", "rm", "desk"],
      ["hosts", "add", link],
      ["ls", "--host", "desk"],
      ["attach", "desk"],
    ]) {
      const { code, stderr } = await elsewhere.pier(args);
      expect({ code, lines: stderr.split("\n").length }).toEqual({ code: 1, lines: 2 });
      expect(stderr).toMatch(
        /^pier: \S+hosts\.json cannot be read \(.*\): correct it, or delete it and pair again\.\n$/,
      );
    }
    expect(() => elsewhere.hosts).toThrow(/JSON/);
  });

  test("an entry of versions before names, still lets in by its address, and gets a name", async () => {
    const elsewhere = await paired();
    writeFileSync(elsewhere.hostsFile, JSON.stringify({ [host]: { token: elsewhere.hosts[host]?.token } }));
    expect(await elsewhere.pier(["ls", "--host", daemon.url])).toMatchObject({ code: 0 });
    expect(elsewhere.hosts[host]).toMatchObject({ name: host.replace(":", "-"), url: daemon.url });
  });
});

describe("commands on a host", () => {
  test("ls, new, send, status, logs, kill and resume, with --host and with PIER_HOST, name the host in what they say", async () => {
    const elsewhere = await paired();
    const on = (...args: string[]) => elsewhere.pier([...args, "--host", "desk"]);
    expect((await on("ls")).stdout).toContain("over there");
    const made = await on("new", daemon.folder, "--name", "from afar");
    const id = made.stdout.trim();
    const short = id.slice(0, 8);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await on("send", id, say("Hello from afar."), "--wait")).toMatchObject({
      code: 0,
      stdout: "Hello from afar.\n",
    });
    expect((await on("status")).stdout).toMatch(/Address +http:[^]*Paired as +pier on .+, prompt\n[^]*Sessions +/);
    expect(await on("logs", "from afar")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("pi said nothing"),
    });
    expect((await on("kill", "from afar")).stdout).toContain(`\`pier resume ${short} --host desk\` opens it again.`);
    expect(await on("send", id, "x")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`\`pier resume ${short} --host desk\` opens it.`),
    });
    expect((await on("resume", id)).stdout).toContain(`\`pier attach desk/${short}\` joins it.`);
    elsewhere.env.PIER_HOST = "desk";
    expect((await elsewhere.pier(["ls"])).stdout).toContain("from afar");
    expect((await elsewhere.pier(["ls", "--host", "local"])).stderr).toMatch(/^pier: No daemon runs/);
    await elsewhere.pier(["kill", id]);
  });

  test("new without a folder, or with one of this machine, is refused: the daemon there knows its own", async () => {
    const elsewhere = await paired();
    for (const args of [["new"], ["new", "shop"]]) {
      expect(await elsewhere.pier([...args, "--host", "desk"])).toEqual({
        code: 1,
        stdout: "",
        stderr: "pier: A session on a host needs a folder there, as a whole path: `pier new '~/code/shop' --host …`.\n",
      });
    }
    expect(await elsewhere.pier(["new", "/no/such/folder", "--host", "desk"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("/no/such/folder"),
    });
  });

  test("--host with --data-dir, and with an address, are refused", async () => {
    const elsewhere = new Elsewhere();
    expect((await elsewhere.pier(["ls", "--host", "desk", "--data-dir", "x"])).stderr).toMatch(
      /^pier: --host names a daemon elsewhere/,
    );
    expect((await elsewhere.pier(["attach", daemon.url, "--host", "desk"])).stderr).toMatch(
      /^pier: Both --host and http/,
    );
  });
});

describe("pier attach HOST", () => {
  test("in a terminal, joins a session there and says how to come back", async () => {
    const elsewhere = await paired();
    const screen = elsewhere.terminal("attach", "desk");
    await screen.shows("Words from before.");
    screen.press("C-d");
    await screen.shows(`Come back with:\n  pier attach desk/${session.slice(0, 8)}`);
    await screen.shows("exit code 0");
    await elsewhere.terminal("attach", "desk/over there").shows("Words from before.");
  });

  test("a session of this machine, goes before a host's name and before HOST/SESSION", async () => {
    const elsewhere = await paired({ PIER_DATA_DIR: daemon.dataDir });
    await here(daemon, "new", "--no-attach", "--name", "desk");
    await here(daemon, "new", "--no-attach", "--name", "desk/over there");
    const attach = (word: string) => elsewhere.program(["attach", word], `${say("Here.")}\n`);
    expect((await attach("desk")).stdout).toMatch(/^desk · /);
    expect((await attach("desk/over there")).stdout).toMatch(/^desk\/over there · /);
    await here(daemon, "kill", "desk");
    await here(daemon, "kill", "desk/over there");
    await elsewhere.pier(["hosts", "add", "bench", (await pairing(daemon)).link]);
    expect((await attach("bench/over there")).stdout).toMatch(/^over there · /);
  });

  test("as pi-client, joins a session there, too", async () => {
    const elsewhere = await paired();
    expect(await elsewhere.program(["desk/over there"], `${say("By name.")}\n`, "pi-client")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("By name."),
    });
    expect(await elsewhere.pier(["nobody"], "", "pi-client")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pi-client: "nobody" is no address of a daemon and no saved host/),
    });
  });

  test("a word that is neither, says what there is", async () => {
    const elsewhere = await paired();
    expect(await elsewhere.pier(["attach", "nobody"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: No daemon runs/),
    });
    expect(await elsewhere.pier(["attach", "desk/nobody"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: There is no session "nobody"/),
    });
  });
});

describe("a token that is revoked", () => {
  test("before a command, is said and forgotten; the host stays, to be paired anew", async () => {
    const elsewhere = await paired();
    await revokeAll(daemon);
    expect(await elsewhere.pier(["ls", "--host", "desk"])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: ${host} no longer accepts the token that was saved for it; it is forgotten now: attach again to pair anew.\n`,
    });
    expect(elsewhere.hosts[host]).not.toHaveProperty("token");
    expect((await elsewhere.pier(["hosts", "ls"])).stdout).toMatch(/^desk .*not paired any more/m);
    const screen = elsewhere.terminal("attach", "desk");
    await screen.shows("Code or link:");
    screen.enter((await pairing(daemon)).code);
    await screen.shows("Words from before.");
  });

  test("while attached, ends the client with a sentence and exit code 1", async () => {
    const elsewhere = await paired();
    const screen = elsewhere.terminal("attach", "desk");
    await screen.shows("Words from before.");
    await revokeAll(daemon);
    const text = (await screen.shows("exit code 1")).replaceAll("\n", "");
    expect(text).toContain(`pier: ${host} no longer accepts the token that was saved for it; it is forgotten now`);
  });
});
