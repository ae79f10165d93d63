import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { attachTo, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { type Ran, runHere } from "./programs.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const pier = (args: readonly string[], input?: string): Promise<Ran> =>
  runHere("pier", args, {
    env: { ...daemon.env, PIER_DATA_DIR: daemon.dataDir },
    cwd: daemon.folder,
    ...(input !== undefined && { stdin: Readable.from([input]) }),
  });

async function said(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await pier(args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout;
}

const newSession = async (...args: string[]): Promise<string> => (await said("new", ...args)).trim();

describe("a session's life", () => {
  test("new, ls, send --wait, logs, kill, resume", async () => {
    const id = await newSession("--name", "first steps");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await said("ls")).toMatch(new RegExp(`^${id.slice(0, 8)} +idle +first steps +\\S+ +\\S+ +\\w+$`, "m"));
    const [record] = JSON.parse(await said("ls", "--json")) as { id: string; working_dir: string }[];
    expect(record).toMatchObject({ id, working_dir: realpathSync(daemon.folder) });

    const prompt = script([{ text: "First." }, { tool: "bash", args: { command: "echo hi" } }, { text: "The end." }]);
    expect(await said("send", "first steps", prompt, "--wait")).toBe("The end.\n");
    expect(await pier(["logs", id])).toMatchObject({ code: 0, stdout: "" });

    expect(await said("kill", id.slice(0, 6))).toBe(
      `Closed session ${id.slice(0, 8)} (first steps). \`pier resume ${id.slice(0, 8)}\` opens it again.\n`,
    );
    expect(await pier(["kill", id])).toMatchObject({ code: 1, stderr: expect.stringContaining("is closed already") });
    expect(await pier(["send", id, "x"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`\`pier resume ${id.slice(0, 8)}\` opens it`),
    });
    expect(await said("ls")).not.toContain(id.slice(0, 8));
    expect(await said("ls", "--all")).toMatch(new RegExp(`^${id.slice(0, 8)} +closed`, "m"));
    expect(await said("resume", id)).toContain("Opened session");
    expect(await pier(["resume", id])).toMatchObject({ code: 1, stderr: expect.stringContaining("is open already") });
    await said("kill", id);
  });

  test("rm: asks for --yes without a terminal, and says what became of the file", async () => {
    const id = await newSession("--name", "short");
    await said("send", id, script([{ text: "Soon gone." }]), "--wait");
    expect(await pier(["rm", "short"])).toMatchObject({ code: 1, stderr: expect.stringContaining("add --yes") });
    expect(await said("rm", "short", "--yes")).toMatch(
      new RegExp(`^Deleted session ${id.slice(0, 8)} \\(short\\)\\. Its file is in the trash: .*\\.jsonl\\.\n$`),
    );
    expect(await pier(["rm", id, "--yes"])).toMatchObject({ code: 1, stderr: expect.stringContaining("no session") });
    const other = await newSession();
    await said("send", other, script([{ text: "Gone at once." }]), "--wait");
    await said("kill", other);
    expect(await said("rm", other, "--yes", "--permanent")).toContain("Its file was deleted, as was asked for.");
  });

  test("new in another folder, with options for pi", async () => {
    const other = mkdtempSync(join(daemon.folder, "other-"));
    const id = await newSession(other, "--ephemeral", "--", "--thinking", "high");
    const records = JSON.parse(await said("ls", "--json")) as { id: string; working_dir: string; ephemeral: boolean }[];
    expect(records.find((record) => record.id === id)).toMatchObject({ working_dir: other, ephemeral: true });
    await said("kill", id);
  });

  test("new in a folder that is not there, is refused before anything starts", async () => {
    expect(await pier(["new", "nowhere"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/nowhere is no folder/),
    });
  });

  test("new with an option that pi does not know, gives pi's own words", async () => {
    const { code, stderr } = await pier(["new", "--", "--no-such-option"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no-such-option/);
  });
});

describe("send", () => {
  let id: string;
  beforeAll(async () => {
    id = await newSession();
  });
  afterAll(() => said("kill", id));

  test("-, reads the text from stdin", async () => {
    const { code, stdout } = await pier(["send", id, "-", "--wait"], `${script([{ text: "From stdin." }])}\n`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "From stdin.\n" });
  });

  test("without --wait, returns when the prompt was accepted; what is sent meanwhile steers", async () => {
    expect(
      await said(
        "send",
        id,
        script([{ gate: "cli" }, { tool: "bash", args: { command: "true" } }, { text: "Not this." }]),
      ),
    ).toBe("");
    await daemon.model.gates.waitForArrival("cli");
    expect(await said("ls")).toMatch(new RegExp(`^${id.slice(0, 8)} +running`, "m"));
    expect(await said("status")).toMatch(/Sessions +\d+: 1 running/);
    const direct = await attachTo(daemon, id);
    const steered = pier(["send", id, script([{ text: "Steered." }]), "--wait"]);
    await until(direct, "the steering", () => direct.transcript.live.queue.steering.length === 1);
    daemon.model.gates.open("cli");
    expect(await steered).toMatchObject({ code: 0, stdout: "Steered.\n" });
  });

  test("--wait when the model fails, says why and ends with 1", async () => {
    const { code, stdout, stderr } = await pier([
      "send",
      id,
      script([{ http: 400, message: "No such luck" }]),
      "--wait",
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^pier: Model request failed: .*No such luck/);
  });

  test("--json, prints pi's records as they are, one a line, to the end of the turn", async () => {
    const records = (await said("send", id, script([{ text: "As records." }]), "--json"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(records[0]?.type).toBe("agent_start");
    expect(records.map(({ type }) => type)).toContain("message_update");
    expect(records.map(({ type }) => type)).toContain("agent_settled");
  });

  test("nothing, is refused", async () => {
    expect(await pier(["send", id, "-"], "\n")).toMatchObject({
      code: 1,
      stderr: "pier: There is nothing to send: the text is empty.\n",
    });
  });

  test("to nobody, lists who there is", async () => {
    const { code, stderr } = await pier(["send", "nobody", "x"]);
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no session "nobody": there is ${id.slice(0, 8)}.`);
  });
});

describe("devices", () => {
  test("pair makes a link and a code that work once; devices lists and revokes", async () => {
    const pairing = JSON.parse(await said("pair", "--json", "--name", "a phone", "--scope", "read")) as {
      code: string;
      links: string[];
    };
    expect(pairing.links[0]).toMatch(new RegExp(`^${daemon.url}/#pair=\\S+$`));
    const exchange = await fetch(`${daemon.url}/api/pair`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: pairing.code, kind: "token" }),
    });
    expect(exchange.status).toBe(200);
    const { token } = (await exchange.json()) as { token: string };
    const ask = async (): Promise<number> =>
      (await fetch(`${daemon.url}/api/sessions`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await ask()).toBe(200);
    expect(await said("devices")).toMatch(/^\S+ +a phone +read +/m);
    expect(await said("devices", "revoke", "a phone")).toMatch(/^Revoked a phone /);
    expect(await ask()).toBe(401);
    expect(await pier(["devices", "revoke", "a phone"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no device "a phone"'),
    });
  });

  test("pair, shows link, code and how long they live", async () => {
    const text = await said("pair");
    expect(text).toContain(`  ${daemon.url}/#pair=`);
    expect(text).toMatch(/or type this code there: [0-9A-Z]{4}-[0-9A-Z]{4}\n/);
    expect(text).toContain("It works once, within 5 minutes");
  });
});

describe("status and doctor", () => {
  test("status, says what there is", async () => {
    const text = await said("status");
    expect(text).toMatch(new RegExp(`^Daemon +pid ${daemon.pid}, up [^,]+, version 0\\.1\\.0$`, "m"));
    expect(text).toMatch(new RegExp(`^Address +${daemon.url}$`, "m"));
  });

  test("doctor, finds everything in order", async () => {
    const text = await said("doctor");
    expect(text).toMatch(/^✓ Models +\d+, of /m);
    expect(text).toMatch(new RegExp(`^✓ Port +the daemon \\(pid ${daemon.pid}\\) answers`, "m"));
  });

  test("doctor with another data folder, names who has the port, and ends with 1", async () => {
    const port = new URL(daemon.url).port;
    const { code, stdout, stderr } = await pier(["doctor", "--data-dir", join(daemon.home, "else"), "--port", port]);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^✗ Port +${port} is used by another Pier daemon`, "m"));
    expect(stderr).toBe("pier: 1 thing needs care: see the lines with ✗.\n");
  });

  test("doctor with a pi that is none, says so", async () => {
    const { code, stdout } = await pier(["doctor", "--pi-cli-path", "/nowhere/pi"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ pi +--pi-cli-path names \/nowhere\/pi, but there is no such file\.$/m);
  });
});

test("a daemon that crashed, whose pid another program has by now: no daemon runs, and nobody is told to stop that one", async () => {
  const crashed = await startTestDaemon();
  onTestFinished(() => crashed.dispose());
  await crashed.kill();
  const path = join(crashed.dataDir, "daemon.json");
  const file = JSON.parse(readFileSync(path, "utf8")) as object;
  writeFileSync(path, JSON.stringify({ ...file, pid: process.pid }));
  const options = { env: { ...crashed.env, PIER_DATA_DIR: crashed.dataDir }, cwd: crashed.folder };
  expect((await runHere("pier", ["ls"], options)).stderr).toContain("No daemon runs");
  const { stdout } = await runHere("pier", ["doctor", "--port", "1"], options);
  expect(stdout).not.toContain(String(process.pid));
});
