import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import type { PromptEntry } from "../../src/session/prompt-ledger.ts";
import { openStore } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const entry: PromptEntry = {
  id: "p1",
  session: "s1",
  clientId: "c1",
  commandId: "7",
  command: '{"type":"prompt","message":"hi"}',
  epoch: null,
  state: "accepted",
  reply: null,
  acceptedAt: 5,
};

function open(folder = temporaryFolder()) {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store.prompts;
}

test("PromptLedger: lists a session's entries in the order of acceptance, whatever the clock said", () => {
  const prompts = open();
  prompts.accept(entry);
  prompts.accept({ ...entry, id: "p0", commandId: null, acceptedAt: 1 });
  prompts.accept({ ...entry, id: "p2", session: "s2" });
  expect(prompts.list("s1").map(({ id }) => id)).toEqual(["p1", "p0"]);
  expect(prompts.list("s1")[0]).toEqual(entry);
});

test('PromptLedger.find: tells the command 7 from the command "7", by session and client', () => {
  const prompts = open();
  prompts.accept(entry);
  prompts.accept({ ...entry, id: "p2", commandId: '"7"' });
  expect(prompts.find("s1", "c1", "7")?.id).toBe("p1");
  expect(prompts.find("s1", "c1", '"7"')?.id).toBe("p2");
  expect(prompts.find("s1", "c2", "7")).toBeUndefined();
  expect(prompts.find("s2", "c1", "7")).toBeUndefined();
});

test("PromptLedger.accept: the same command twice is a CONFLICT, commands without an id never are", () => {
  const prompts = open();
  prompts.accept(entry);
  expect(() => prompts.accept({ ...entry, id: "p2" })).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  prompts.accept({ ...entry, id: "p3", commandId: null });
  prompts.accept({ ...entry, id: "p4", commandId: null });
  expect(prompts.list("s1")).toHaveLength(3);
});

test("PromptLedger.update: changes what is given, null included", () => {
  const prompts = open();
  prompts.accept(entry);
  prompts.update("p1", { epoch: "e1", state: "answered", reply: '{"success":true}' });
  expect(prompts.list("s1")[0]).toEqual({ ...entry, epoch: "e1", state: "answered", reply: '{"success":true}' });
  prompts.update("p1", { state: "offered" });
  expect(prompts.list("s1")[0]).toMatchObject({ epoch: "e1", state: "offered", reply: '{"success":true}' });
  prompts.update("p1", { epoch: null, reply: null });
  expect(prompts.list("s1")[0]).toMatchObject({ epoch: null, state: "offered", reply: null });
  prompts.remove("p1");
  prompts.update("p1", { state: "answered" });
  expect(prompts.list("s1")).toEqual([]);
});

test("PromptLedger.accept: an entry is there after kill -9 right behind it", async () => {
  const folder = temporaryFolder();
  const program = `
    import { openStore } from ${JSON.stringify(new URL("../../src/store/index.ts", import.meta.url).href)};
    openStore(process.argv[1]).prompts.accept(${JSON.stringify(entry)});
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", program, folder], {
    stdio: "inherit",
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
  expect(open(folder).list("s1")).toEqual([entry]);
});
