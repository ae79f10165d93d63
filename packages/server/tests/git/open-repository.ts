import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gitEnv, openFolders } from "../files/open-folders.ts";

/** A home with a repository `app` in it that has these files and one commit, and a way to run git there. */
export function openRepository(files: Readonly<Record<string, string>> = { "a.txt": "one\ntwo\n" }) {
  const { home, top, outside } = openFolders();
  const app = join(home, "app");
  mkdirSync(app);
  const env = gitEnv(home);
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: app, env, encoding: "utf8", stdio: "pipe" }).trim();
  const write = (name: string, text: string): void => writeFileSync(join(app, name), text);
  git("init", "-q", "-b", "main");
  for (const [name, text] of Object.entries(files)) write(name, text);
  git("add", ".");
  git("commit", "-q", "-m", "first");
  return { home, top, outside, app, env, git, write };
}

/** A program that leaves a file when it is run, and the settings of a repository through which git would run it. */
export function plantTraps({ home, app, git, write }: ReturnType<typeof openRepository>): { proof: string } {
  const proof = join(home, "proof");
  const program = join(home, "trap");
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${proof}\ncat\n`);
  chmodSync(program, 0o755);
  mkdirSync(join(app, ".git", "traps"));
  for (const hook of ["post-checkout", "post-index-change", "reference-transaction", "pre-commit"]) {
    writeFileSync(join(app, ".git", "traps", hook), `#!/bin/sh\n${program} ${hook} </dev/null\n`);
    chmodSync(join(app, ".git", "traps", hook), 0o755);
  }
  const included = join(app, ".git", "included");
  writeFileSync(included, `[filter "in=cluded"]\n\tclean = ${program}\n\tsmudge = ${program}\n\trequired = true\n`);
  const settings = {
    "core.fsmonitor": program,
    "core.hooksPath": join(app, ".git", "traps"),
    "core.pager": program,
    "core.editor": program,
    "core.sshCommand": program,
    "diff.external": program,
    "diff.x.command": program,
    "diff.x.textconv": program,
    "filter.x.clean": program,
    "filter.x.smudge": program,
    "filter.y.process": program,
    "filter.y.required": "true",
    "alias.status": `!${program}`,
    "include.path": included,
  };
  for (const [name, value] of Object.entries(settings)) git("config", name, value);
  write(".gitattributes", "*.txt filter=x diff=x\n*.y filter=y\n*.z filter=in=cluded\n");
  return { proof };
}
