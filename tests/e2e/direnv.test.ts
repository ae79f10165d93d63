import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attachTo, openSession, restOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** A project with an .envrc, and a folder in it to work in. */
function project(name: string, text: string) {
  const folder = join(daemon.home, name);
  const inside = join(folder, "packages", "app");
  mkdirSync(inside, { recursive: true });
  const envrc = join(folder, ".envrc");
  writeFileSync(envrc, text);
  return { folder, inside, envrc };
}

const refusal = (envrc: string) => ({
  status: 409,
  code: "DIRENV_BLOCKED",
  path: envrc,
  message: `direnv: error ${envrc} is blocked. Run \`direnv allow\` to approve its content`,
});

test("an .envrc above the folder: refused with direnv's words until it is approved, then pi has what it sets", async () => {
  // What it runs may read stdin, which is pi's.
  const { folder, inside, envrc } = project("sets", "cat\nexport FROM_ENVRC=yes PATH=$PWD/own-bin:$PATH\n");
  const tool = join(folder, "own-bin", "from-envrc");
  mkdirSync(join(folder, "own-bin"));
  writeFileSync(tool, "#!/bin/sh\n", { mode: 0o755 });
  const rest = restOf(daemon);
  const before = await rest.list();
  await expect(rest.create({ working_dir: inside })).rejects.toMatchObject(refusal(envrc));
  expect(await rest.list()).toHaveLength(before.length);
  expect(await rest.allowDirenv(envrc)).toEqual({ path: envrc });
  const session = await openSession(daemon, { working_dir: inside });
  const said = await session.bash('echo "$FROM_ENVRC"; command -v from-envrc; pwd');
  expect(said.output.trim()).toBe(`yes\n${tool}\n${inside}`);
  // It is pi itself that goes on, not something around it.
  const { pid } = await rest.get(session.session);
  await daemon.kill();
  await daemon.start();
  await until(session, "the connection", () => session.transcript.status === "live");
  expect(await rest.get(session.session)).toMatchObject({ pid, activity: "idle" });
  expect((await session.bash('echo "$FROM_ENVRC"')).output.trim()).toBe("yes");
});

test("use_direnv: false, the .envrc does not count, also when resumed", async () => {
  const { inside } = project("without", "export FROM_ENVRC=yes\n");
  const rest = restOf(daemon);
  const session = await openSession(daemon, { working_dir: inside, use_direnv: false });
  const ask = async () => (await session.bash('echo "${FROM_ENVRC-none}"')).output.trim();
  expect(await ask()).toBe("none");
  await rest.kill(session.session);
  await rest.resume(session.session);
  await until(session, "the session", () => session.transcript.info?.activity === "idle");
  expect(await ask()).toBe("none");
});

test("resume, the .envrc changed: refused and still closed until it is approved again", async () => {
  const { folder, envrc } = project("changes", "export FROM_ENVRC=old\n");
  const rest = restOf(daemon);
  await rest.allowDirenv(folder);
  const { id } = await rest.create({ working_dir: folder });
  await rest.kill(id);
  writeFileSync(envrc, "export FROM_ENVRC=new\n");
  await expect(rest.resume(id)).rejects.toMatchObject(refusal(envrc));
  expect(await rest.get(id)).toMatchObject({ status: "closed", activity: "closed" });
  await rest.allowDirenv(folder);
  expect(await rest.resume(id)).toMatchObject({ status: "live" });
  const session = await attachTo(daemon, id);
  expect((await session.bash('echo "$FROM_ENVRC"')).output.trim()).toBe("new");
});

test("an .envrc that fails: its own words, and no session", async () => {
  const { folder } = project("fails", "echo this cannot be >&2\nexit 3\n");
  const rest = restOf(daemon);
  await rest.allowDirenv(folder);
  await expect(rest.create({ working_dir: folder })).rejects.toMatchObject({
    status: 409,
    code: "SESSION_START_FAILED",
    message: expect.stringContaining("this cannot be") as unknown,
  });
});

test("pier serve --no-direnv: no .envrc counts, and none can be approved", async () => {
  const { folder } = project("off", "export FROM_ENVRC=yes\n");
  await daemon.stop();
  daemon.args.push("--no-direnv");
  await daemon.start();
  try {
    const session = await openSession(daemon, { working_dir: folder });
    expect((await session.bash('echo "${FROM_ENVRC-none}"')).output.trim()).toBe("none");
    await expect(restOf(daemon).allowDirenv(folder)).rejects.toMatchObject({
      status: 409,
      code: "CONFLICT",
      message: expect.stringContaining("--no-direnv") as unknown,
    });
  } finally {
    await daemon.stop();
    daemon.args.pop();
    await daemon.start();
  }
});
