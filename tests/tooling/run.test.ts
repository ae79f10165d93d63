import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { plan } from "../../scripts/run/commands.mjs";
import { findNode, isNewEnough } from "../../scripts/run/find-node.mjs";
import { ensurePrograms } from "../../scripts/run/system-packages.mjs";
import { temporaryTree } from "./temporary-tree.ts";

describe("plan", () => {
  test("start passes everything to pier serve, the second -- included", () => {
    const args = ["--port", "4000", "--", "--model", "x"];
    expect(plan("start", args).program).toEqual(["packages/cli/bin/pier.js", "serve", ...args]);
  });

  test("passes filters to vitest and needs programs", () => {
    expect(plan("test", ["packages/protocol"])).toEqual({
      program: ["node_modules/vitest/vitest.mjs", "run", "packages/protocol"],
      needsPrograms: true,
      needsWeb: false,
    });
  });

  test.each([undefined, "tset", "toString"])("%s is refused with the commands there are", (command) => {
    expect(() => plan(command, [])).toThrow(/one of start, test, check, bench, screenshots, build, install/);
  });
});

describe("findNode", () => {
  test.each([
    ["22.19.0", true],
    ["22.18.9", false],
    ["20.20.2", false],
    ["24.0.0", true],
    ["", false],
  ])("%s new enough: %s", (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

  test("an old Node gives way to the one among the dependencies", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    expect(findNode(root, { path: "/usr/bin/node", version: "20.20.2" })).toMatch(/node_modules\/\.bin\/node$/);
  });

  test("an old Node alone is refused with what is and what would be right", () => {
    const root = temporaryTree({});
    expect(() => findNode(root, { path: "/usr/bin/node", version: "20.20.2" })).toThrow(
      /needs Node 22\.19 or newer; this is Node 20\.20\.2/,
    );
  });
});

describe("ensurePrograms", () => {
  const table = [
    { program: "there", debianPackage: "there" },
    { program: "chromium", debianPackage: "chromium-browser" },
  ];
  /** A machine where `there` is installed and apt-get knows the packages once it has updated its lists. */
  const machine = (): { ran: string[]; run: (argv: string[]) => boolean } => {
    const ran: string[] = [];
    const run = (argv: string[]): boolean => {
      if (argv[0] === "sh") return argv.at(-1) !== "chromium";
      ran.push(argv.slice(argv.indexOf("DPkg::Lock::Timeout=120") + 1).join(" "));
      return ran.at(-1) === "update" || ran.includes("update");
    };
    return { ran, run };
  };
  const install = "install --yes --no-install-recommends chromium-browser";

  test("only what is missing is installed, after an update when it has to be", () => {
    const { ran, run } = machine();
    ensurePrograms(table, run, true);
    expect(ran).toEqual([install, "update", install]);
  });

  test("without root the command to run is named", () => {
    const { ran, run } = machine();
    expect(() => ensurePrograms(table, run, false)).toThrow("sudo apt-get install chromium-browser");
    expect(ran).toEqual([]);
  });

  test("nothing missing, nothing run", () => {
    const { ran, run } = machine();
    ensurePrograms(table.slice(0, 1), run, false);
    expect(ran).toEqual([]);
  });
});

describe("execute", () => {
  const execute = fileURLToPath(new URL("../../scripts/run/execute.mjs", import.meta.url));
  const start = (program: string): ReturnType<typeof spawn> => {
    const root = temporaryTree({ "program.mjs": program });
    const script = `const { execute } = await import(${JSON.stringify(execute)});
      process.exitCode = await execute(process.execPath, ["program.mjs", "a", "--", "b"], ${JSON.stringify(root)});`;
    return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  };

  test("the exit code is the program's", async () => {
    const [code] = (await once(start("process.exit(process.argv.slice(2).join() === 'a,--,b' ? 7 : 1)"), "exit")) as [
      number,
    ];
    expect(code).toBe(7);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("%s reaches the program, which may end in peace", async (signal) => {
    const child = start(
      `process.once(${JSON.stringify(signal)}, () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready")`,
    );
    await once(child.stdout!, "data");
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([9, null]);
  });

  test("a program ended by a signal gives 128 and its number", async () => {
    const [code] = (await once(start("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)"), "exit")) as [
      number,
    ];
    expect(code).toBe(137);
  });
});

test("npm start hands SIGTERM to the program and waits for its end", async () => {
  const root = temporaryTree({
    "package.json": JSON.stringify({ scripts: { start: startScript() } }),
    "scripts/run.mjs": `process.once("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000);
      console.log(JSON.stringify(process.argv.slice(2)));`,
  });
  const child = spawn("npm", ["--silent", "start", "--", "--port", "4000", "--", "--model", "x"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  expect(JSON.parse(line.toString())).toEqual(["start", "--port", "4000", "--", "--model", "x"]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([9, null]);
});

function startScript(): unknown {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { scripts: Record<string, unknown> }).scripts["start"];
}
