import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Every file that is loaded with some of ours. */
function loadedWith(...paths: string[]): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const urls = [];
    registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
    for (const url of ${JSON.stringify(paths.map((path) => new URL(`../../packages/${path}`, import.meta.url).href))}) await import(url);
    console.log(JSON.stringify(urls));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(output) as string[];
}

// Each of these takes longer to load than a daemon takes to answer.
const heavy =
  /\/node_modules\/(typebox|ws|fastify|pino|@earendil-works\/pi-coding-agent)\/|\/packages\/server\/src\/index\.ts/;

test.each([
  ["pier ls", ["cli/src/run.ts", "cli/src/commands/list.ts"]],
  ["pier send", ["cli/src/run.ts", "cli/src/commands/send.ts"]],
  ["pier attach", ["cli/src/run.ts", "cli/src/commands/attach.ts", "cli/src/attach/run-full-client.ts"]],
  ["pier attach --plain", ["cli/src/run.ts", "cli/src/commands/attach.ts", "cli/src/attach/run-plain-client.ts"]],
  ["pier new", ["cli/src/run.ts", "cli/src/commands/new.ts"]],
])("%s, loads no schemas and nothing of a daemon", (_what, paths) => {
  const loaded = loadedWith(...paths, "server/src/whereabouts.ts");
  expect(loaded.length).toBeGreaterThan(20);
  expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
});

test.each(["ls", "send", "status"])("pier %s, does not load the full client", (name) => {
  const files: Record<string, string> = { ls: "list", send: "send", status: "status" };
  const loaded = loadedWith("cli/src/run.ts", `cli/src/commands/${files[name]}.ts`);
  expect(loaded.filter((url) => url.includes("/pi-tui/") || url.includes("/packages/tui/src/app/"))).toEqual([]);
});
