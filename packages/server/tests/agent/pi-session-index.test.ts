import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { PiSessionIndex } from "../../src/pi-sessions/pi-session-index.ts";
import { sessionsFolder } from "../../src/pi-sessions/sessions-folder.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

const id = (number: number): string => `aaaaaaaa-0000-7000-8000-${String(number).padStart(12, "0")}`;
const time = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** An index over a folder of its own, with a clock that goes on before each look. */
function openIndex() {
  const folder = temporaryFolder();
  let now = 0;
  const index = new PiSessionIndex(folder, () => now);
  const write = (number: number, lines: object[], project = "--srv-app--"): string => {
    mkdirSync(join(folder, project), { recursive: true });
    const file = join(folder, project, `2026-01-01T00-00-00-000Z_${id(number)}.jsonl`);
    const header = { type: "session", version: 3, id: id(number), timestamp: time(0), cwd: "/srv/app" };
    writeFileSync(file, [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(""));
    return file;
  };
  const pass = (): void => void (now += limits.piSessionsLife);
  const list = () => {
    pass();
    return index.list();
  };
  return { folder, index, write, list, pass };
}

const said = (role: string, text: string, second = 1): object => ({
  type: "message",
  id: "e1",
  timestamp: time(second),
  message: { role, content: [{ type: "text", text }] },
});

test("PiSessionIndex.list: header, the first thing asked, the last name and the last moment", async () => {
  const { list, write } = openIndex();
  const file = write(1, [
    { type: "session_info", name: "first name" },
    said("assistant", "Welcome."),
    said("user", "\n  Fix the cart\nand more"),
    { type: "session_info", name: "last name" },
    said("user", "Something else", 9),
    { type: "session_info", name: "" },
  ]);
  expect(await list()).toEqual([
    {
      id: id(1),
      file,
      cwd: "/srv/app",
      name: null,
      preview: "Fix the cart",
      createdAt: Date.parse(time(0)),
      lastActiveAt: Date.parse(time(9)),
    },
  ]);
});

test("PiSessionIndex.list: of a large file only both ends are read", async () => {
  const { list, write } = openIndex();
  const middle = Array.from({ length: 100 }, () => said("assistant", "x".repeat(limits.summaryBytes / 20), 5));
  write(1, [
    said("user", "Begin"),
    { type: "session_info", name: "at the beginning" },
    ...middle,
    said("user", "The end", 30),
  ]);
  write(2, [
    ...middle,
    { type: "session_info", name: "at the end" },
    said("assistant", "ü".repeat(limits.summaryBytes), 40),
  ]);
  const sessions = await list();
  expect(
    sessions.map(({ name, preview, lastActiveAt }) => ({ name, preview, second: lastActiveAt % 60_000 })).slice(0, 1),
  ).toEqual([{ name: "at the beginning", preview: "Begin", second: 30_000 }]);
  // Its last line alone is larger than what is read: the time of the file must do.
  expect(sessions[1]?.lastActiveAt).toBeGreaterThan(Date.parse(time(40)));
});

test("PiSessionIndex: a name in the middle of a large file is found once the session is opened, and one that was seen stays", async () => {
  const { index, list, write } = openIndex();
  const long = Array.from({ length: 60 }, () => said("assistant", "x".repeat(limits.summaryBytes / 20)));
  const names = async (): Promise<unknown[]> => (await list()).map(({ name }) => name);
  const file = write(1, [said("user", "Begin"), ...long, { type: "session_info", name: "in the middle" }, ...long]);
  expect(await names()).toEqual([null]);
  expect(index.find(id(1))?.name).toBe("in the middle");
  expect(await names()).toEqual(["in the middle"]);
  const more = long.map((line) => `${JSON.stringify(line)}\n`).join("");
  appendFileSync(file, more);
  expect(await names()).toEqual(["in the middle"]);
  // One that is given while the file is looked at stays known however much comes after it.
  appendFileSync(file, '{"type":"session_info","name":"seen"}\n');
  expect(await names()).toEqual(["seen"]);
  appendFileSync(file, more);
  expect(await names()).toEqual(["seen"]);
  appendFileSync(file, `{"type":"session_info","name":""}\n${more}`);
  expect(index.find(id(1))?.name).toBeNull();
  expect(await names()).toEqual([null]);
  // Another conversation under the same name of the file.
  write(1, [said("user", "Anew"), ...long]);
  expect(await names()).toEqual([null]);
  expect(index.find(id(1))?.name).toBeNull();
});

test("PiSessionIndex.list: what grew, came or went shows at the next look, and within its life one look serves all", async () => {
  const { index, list, write } = openIndex();
  const file = write(1, [said("user", "One")]);
  expect((await list()).map(({ name }) => name)).toEqual([null]);
  appendFileSync(file, '{"type":"session_info","name":"grown"}\n');
  write(2, [said("user", "Two")], "--other--");
  expect(await index.list()).toHaveLength(1);
  const both = await list();
  expect(
    both.map(({ name, preview }) => name ?? preview).toSorted((a, b) => String(a).localeCompare(String(b))),
  ).toEqual(["grown", "Two"]);
  // Nothing changed: what was read is used again.
  const again = await list();
  expect(again.find((one) => one.file === file)).toBe(both.find((one) => one.file === file));
  rmSync(file);
  expect((await list()).map(({ preview }) => preview)).toEqual(["Two"]);
});

test("PiSessionIndex.forget: a file that was moved away is not listed from what was known, nor from a look under way", async () => {
  const { index, list, write, pass } = openIndex();
  const file = write(1, [said("user", "One")]);
  expect(await list()).toHaveLength(1);
  index.forget(file);
  expect(await index.list()).toEqual([]);
  // It is there all the same: the next look shows it.
  expect(await list()).toHaveLength(1);
  pass();
  const under = index.list();
  index.forget(file);
  rmSync(file);
  expect(await under).toEqual([]);
});

test("PiSessionIndex.find: reads one file as it is now, and knows no other names", async () => {
  const { index, list, write, pass } = openIndex();
  const file = write(1, [said("user", "One")]);
  expect(index.find(id(1))?.preview).toBe("One");
  appendFileSync(file, `${JSON.stringify({ type: "session_info", name: "now" })}\n`);
  expect(index.find(id(1))?.name).toBe("now");
  write(2, [said("user", "Two")]);
  pass();
  expect(index.find(id(2))?.preview).toBe("Two");
  for (const odd of ["", "..", "../x", id(3), "__proto__"]) expect(index.find(odd)).toBeUndefined();
  rmSync(file);
  expect(index.find(id(1))).toBeUndefined();
  expect(await list()).toHaveLength(1);
});

test("PiSessionIndex.find: a file under another name, once it was listed", async () => {
  const { index, write, list, folder } = openIndex();
  renameSync(write(1, [said("user", "Hello")]), join(folder, "--srv-app--", "2026-01-01T00-00-00-000Z_copy.jsonl"));
  expect((await list()).map((session) => session.id)).toEqual([id(1)]);
  expect(index.find(id(1))).toMatchObject({ id: id(1), cwd: "/srv/app" });
});

test("PiSessionIndex.list: a link to itself is no session, and the others are there", async () => {
  const { write, list, folder } = openIndex();
  write(1, [said("user", "Hello")]);
  const link = join(folder, "--srv-app--", "loop.jsonl");
  symlinkSync(link, link);
  expect((await list()).map((session) => session.id)).toEqual([id(1)]);
});

test("PiSessionIndex: folders and files that cannot be read, are empty, or lead nowhere are passed over", async () => {
  const { folder, list, write } = openIndex();
  const locked = write(1, [said("user", "Locked")]);
  chmodSync(locked, 0);
  onTestFinished(() => chmodSync(locked, 0o600));
  const empty = write(2, []);
  truncateSync(empty, 0);
  symlinkSync("/nowhere", join(folder, "--srv-app--", `x_${id(3)}.jsonl`));
  mkdirSync(join(folder, "--srv-app--", `x_${id(4)}.jsonl`));
  writeFileSync(join(folder, "stray.jsonl"), "{}");
  write(5, [said("user", "Good")]);
  const previews = (await list()).map(({ preview }) => preview);
  // Root may read anything.
  expect(previews.filter((preview) => preview !== "Locked")).toEqual(["Good"]);
  expect(await new PiSessionIndex(join(folder, "missing"), () => 0).list()).toEqual([]);
});

test("sessionsFolder: the agent folder of pi's environment, or that of the home folder", () => {
  expect(sessionsFolder({}, "/home/ada")).toBe("/home/ada/.pi/agent/sessions");
  expect(sessionsFolder({ PI_CODING_AGENT_DIR: "/srv/pi" }, "/home/ada")).toBe("/srv/pi/sessions");
  expect(sessionsFolder({ PI_CODING_AGENT_DIR: "~/pi" }, "/home/ada")).toBe("/home/ada/pi/sessions");
});
