import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { Elsewhere, here, pairing } from "./elsewhere.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
let session: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  session = (await here(daemon, "new", "--no-attach")).trim();
  await here(daemon, "send", session, say("Words from before."), "--wait");
});
afterAll(() => daemon.dispose());

const say = (text: string): string => `${script([{ text }])}\n`;

describe("pier attach URL", () => {
  test("in a terminal without a token, asks for a code, keeps the token, and does not ask again", async () => {
    const elsewhere = new Elsewhere();
    const url = daemon.url.replace("http", "ws");
    const screen = elsewhere.terminal("attach", url);
    await screen.shows("Code or link:");
    screen.enter((await pairing(daemon)).code.toLowerCase());
    await screen.shows("Words from before.");
    screen.press("C-d");
    const { host } = new URL(daemon.url);
    await screen.shows(`Come back with:\n  pier attach ${host.replace(":", "-")}/${session.slice(0, 8)}`);
    await elsewhere.terminal("attach", url).shows("Words from before.");
    expect(elsewhere.hosts).toHaveProperty([host, "token"]);
  });

  test("with a pairing link, needs no question", async () => {
    const elsewhere = new Elsewhere();
    const { link } = await pairing(daemon);
    const { code, stdout } = await elsewhere.program(
      ["attach", link, "--session", session.slice(0, 8)],
      say("By link."),
    );
    expect(code).toBe(0);
    expect(stdout).toContain("By link.");
    expect(await elsewhere.program(["attach", daemon.url], say("By the saved token."))).toMatchObject({ code: 0 });
  });

  test("with --token-file, uses that token", async () => {
    const elsewhere = new Elsewhere();
    const file = join(elsewhere.home, "token");
    writeFileSync(file, `${daemon.token}\n`);
    expect(await elsewhere.program(["attach", daemon.url, "--token-file", file], say("By file."))).toMatchObject({
      code: 0,
    });
    expect(() => elsewhere.hosts).toThrow(/ENOENT/);
  });

  test("as pi-client, with connect and without, does the same and comes back as pi-client", async () => {
    const elsewhere = new Elsewhere();
    const file = join(elsewhere.home, "token");
    writeFileSync(file, daemon.token);
    const url = daemon.url.replace("http", "ws");
    const args = ["connect", url, "--token-file", file];
    expect(await elsewhere.program(args, say("As pi-client."), "pi-client")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("As pi-client."),
    });
    expect(await elsewhere.program(args.slice(1), say("Again."), "pi-client")).toMatchObject({ code: 0 });
  });

  test("the daemon of this machine under another name of loopback, needs no token", async () => {
    const machine = new Elsewhere({ PIER_DATA_DIR: daemon.dataDir });
    const url = daemon.url.replace("127.0.0.1", "localhost");
    expect(await machine.program(["attach", url], say("Local."))).toMatchObject({ code: 0 });
  });

  test("behind a path prefix, keeps it for every request", async () => {
    const prefixed = await startTestDaemon({ args: ["--base-path", "/pier"] });
    try {
      const id = (await here(prefixed, "new", "--no-attach")).trim();
      await here(prefixed, "send", id, say("Words behind a prefix."), "--wait");
      const elsewhere = new Elsewhere();
      const { link } = await pairing(prefixed);
      expect(link).toContain("/pier/#pair=");
      await elsewhere.pier(["hosts", "add", "desk", link]);
      await elsewhere.terminal("attach", "desk").shows("Words behind a prefix.");
      expect((await elsewhere.pier(["ls", "--host", `${prefixed.url.replace("http", "ws")}/pier/`])).stdout).toContain(
        id.slice(0, 8),
      );
    } finally {
      await prefixed.dispose();
    }
  });

  test("a wrong token, is refused in one sentence", async () => {
    const elsewhere = new Elsewhere();
    const file = join(elsewhere.home, "token");
    writeFileSync(file, "x".repeat(43));
    expect(await elsewhere.pier(["attach", daemon.url, "--token-file", file])).toEqual({
      code: 1,
      stdout: "",
      stderr: `pier: ${new URL(daemon.url).host} does not accept the token in --token-file: pair anew with \`pier pair\` there.\n`,
    });
  });

  test("without a token and without a terminal, says how to pair", async () => {
    expect(await new Elsewhere().pier(["attach", daemon.url])).toMatchObject({
      code: 1,
      stderr: `pier: There is no token for ${new URL(daemon.url).host}: \`pier hosts add ${daemon.url}\` pairs, or give --token-file.\n`,
    });
  });

  test("a used pairing link, is refused in the daemon's words", async () => {
    const elsewhere = new Elsewhere();
    const { link } = await pairing(daemon);
    await elsewhere.program(["attach", link], say("Once."));
    expect(await elsewhere.pier(["attach", link], say("Twice."))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: The pairing code is wrong, was used, or is older than five minutes.*\n$/),
    });
  });

  test("an address that is none, is said", async () => {
    expect(await new Elsewhere().pier(["attach", "http://user:secret@127.0.0.1:1/"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pier: The URL holds a user name or a password/),
    });
  });
});
