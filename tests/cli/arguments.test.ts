import { describe, expect, test } from "vitest";
import { runHere } from "./programs.ts";

describe("pier", () => {
  test("alone, shows what there is and succeeds", async () => {
    const { code, stdout, stderr } = await runHere("pier", []);
    expect([code, stderr]).toEqual([0, ""]);
    for (const name of [
      "serve",
      "stop",
      "status",
      "doctor",
      "attach",
      "new",
      "ls",
      "send",
      "kill",
      "resume",
      "logs",
      "pair",
      "devices",
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
    }
    expect(stdout).toContain("Exit codes:");
  });

  test.each([
    [["serv"], "pier: Unknown command 'serv': did you mean serve? `pier --help` shows what there is.\n"],
    [["xyzzy"], "pier: Unknown command 'xyzzy'. `pier --help` shows what there is.\n"],
    [["--verison"], "pier: Unknown option '--verison': did you mean --version? `pier --help` shows what there is.\n"],
    [
      ["serve", "--prot", "1"],
      "pier: Unknown option '--prot': did you mean --port? `pier serve --help` shows what there is.\n",
    ],
    [["serve", "--model", "x"], "pier: Unknown option '--model'. `pier serve --help` shows what there is.\n"],
    [
      ["serve", "x"],
      "pier: Unexpected argument 'x': options for pi go after a --, as in -- --model x. `pier serve --help` shows what there is.\n",
    ],
    [
      ["new", ".", "b"],
      "pier: Unexpected argument 'b': options for pi go after a --, as in -- --model x. `pier new --help` shows what there is.\n",
    ],
    [
      ["serve", "--port", "70000"],
      "pier: Option '-p, --port <number>' argument '70000' is invalid. A port is a number from 0 to 65535. `pier serve --help` shows what there is.\n",
    ],
    [
      ["serve", "--ui-timeout", "1s"],
      "pier: Option '--ui-timeout <ms>' argument '1s' is invalid. Give milliseconds, 60000 for a minute. `pier serve --help` shows what there is.\n",
    ],
    [
      ["serve", "--base-path", "a b"],
      "pier: Option '--base-path <prefix>' argument 'a b' is invalid. A prefix is a path such as /pier. `pier serve --help` shows what there is.\n",
    ],
    [
      ["pair", "--scope", "root"],
      "pier: Option '--scope <scope>' argument 'root' is invalid. Allowed choices are read, prompt, admin. `pier pair --help` shows what there is.\n",
    ],
    [["send", "x"], "pier: Missing required argument 'text'. `pier send --help` shows what there is.\n"],
    [["help", "nosuch"], "pier: Unknown command 'nosuch'. `pier --help` shows what there is.\n"],
    [["kill"], "pier: Missing required argument 'session'. `pier kill --help` shows what there is.\n"],
    [
      ["devices", "revoke"],
      "pier: Missing required argument 'id'. `pier devices revoke --help` shows what there is.\n",
    ],
    [
      ["attach", "x", "--token-file", "y"],
      "pier: --token-file goes with an address: on this machine none is needed.\n",
    ],
    [["attach", "--session", "x"], "pier: --session goes with an address: here, `pier attach x` is enough.\n"],
  ])("%j, is refused in one sentence that says what would be right", async (args, message) => {
    expect(await runHere("pier", args)).toEqual({ code: 1, stdout: "", stderr: message });
  });

  test.each(["ls", "status", "stop", "pair", "devices", "new", "attach", "kill x", "send x y", "logs x"])(
    "%s without a daemon, says how one is started",
    async (command) => {
      const { code, stdout, stderr } = await runHere("pier", command.split(" "), {
        env: { PIER_DATA_DIR: "/nowhere/at/all" },
      });
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: "",
        stderr: "pier: No daemon runs: start one with `pier serve`.\n",
      });
    },
  );

  test("with another data folder, names it", async () => {
    const { stderr } = await runHere("pier", ["ls", "--data-dir", "/home/ada/pier"], { env: { HOME: "/home/ada" } });
    expect(stderr).toBe("pier: No daemon runs for ~/pier: start one with `pier serve`.\n");
  });

  test("PIER_DEBUG shows where an error came from, and nothing else does", async () => {
    expect((await runHere("pier", ["ls"], { env: { PIER_DATA_DIR: "/nowhere", PIER_DEBUG: "1" } })).stderr).toMatch(
      /\n {4}at /,
    );
  });

  test("--host that is open to others, is refused with what to do instead", async () => {
    const { code, stderr } = await runHere("pier", ["serve", "--host", "0.0.0.0", "--port", "0"], {
      env: { PIER_DATA_DIR: "/nowhere" },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pier: Will not listen on 0\.0\.0\.0 without TLS: .*--behind-proxy.*\n$/);
  });
});

describe("pi-server", () => {
  test("--token, is refused with what to use instead", async () => {
    const { code, stderr } = await runHere("pi-server", ["serve", "--token", "secret"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pi-server: --token is not supported, .* `pier pair` makes a token/);
    expect(stderr).not.toContain("secret");
  });

  test("its port is 3333 in the help", async () => {
    expect((await runHere("pi-server", ["serve", "--help"])).stdout).toContain("(default: 3333)");
  });

  test("an unknown option, ends with 1", async () => {
    expect(await runHere("pi-server", ["serve", "--nope"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^pi-server: Unknown option '--nope'/),
    });
  });
});

describe("pi-client", () => {
  test("what is no address, is refused", async () => {
    const { code, stderr } = await runHere("pi-client", ["connect", "here"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^pi-client: "here" is no address of a daemon and no saved host: give one like ws:\/\/localhost:3333/,
    );
  });

  test.each([
    ["--token", "secret"],
    ["connect", "--token", "secret"],
  ])("%s %s, is refused with --token-file", async (...args) => {
    const { code, stderr } = await runHere("pi-client", args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pi-client: --token is not supported, .*--token-file\.\n$/);
  });
});

describe("piface", () => {
  test.each([
    ["--dev", /--dev: Pier has no development server/],
    ["--speech", /--speech: Voice transcription is not part of Pier yet/],
    ["--tts-model=x", /--tts-model: Text to speech is not part of Pier yet/],
  ])("%s, is refused with what is true", async (option, message) => {
    for (const args of [[option], ["serve", option]]) {
      const { code, stderr } = await runHere("piface", args);
      expect(code).toBe(1);
      expect(stderr).toMatch(message);
    }
  });

  test("its help names the port and why it is not open to others", async () => {
    const { stdout } = await runHere("piface", ["--help"]);
    expect(stdout).toContain("(default: 7832)");
    expect(stdout).toContain("Pier listens on this machine only");
  });
});

test.each(["pier", "pi-server", "pi-client", "piface"] as const)("%s --version", async (name) => {
  expect(await runHere(name, ["--version"])).toEqual({ code: 0, stdout: `${name} 0.1.0\n`, stderr: "" });
});
