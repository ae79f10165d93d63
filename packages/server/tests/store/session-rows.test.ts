import { expect, onTestFinished, test } from "vitest";
import type { SessionRow } from "../../src/session/session-row.ts";
import { openStore } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const row: SessionRow = {
  id: "s1",
  name: null,
  cwd: "/srv/app",
  provider: "anthropic",
  model: "m",
  thinkingLevel: "medium",
  ephemeral: false,
  demo: true,
  renderMarkdown: true,
  piArgs: ["--tools", "read"],
  useDirenv: false,
  worktree: {
    path: "/srv/app.worktrees/fix",
    branch: "fix",
    base: "main",
    repository: "/srv/app",
    baseCommit: "0123abc",
    ready: true,
  },
  status: "live",
  epoch: "e1",
  removal: null,
  sessionFile: null,
  parent: null,
  branchEntry: null,
  piVersion: "1.5.2",
  preview: "hello",
  attention: { reason: "question", text: "Go on?" },
  lastExit: { code: null, signal: "SIGKILL", message: "pi was killed" },
  createdAt: 1_700_000_000_000,
  lastActiveAt: 1_700_000_000_001,
};

function open(folder = temporaryFolder()) {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return { store, folder };
}

test("SessionRows: what was inserted is listed, also after opening the store again", () => {
  const { store, folder } = open();
  const bare: SessionRow = { ...row, id: "s2", attention: null, lastExit: null, piArgs: [], createdAt: 1 };
  store.sessions.insert(row);
  store.sessions.insert(bare);
  expect(store.sessions.list()).toEqual([bare, row]);
  store.close();
  expect(open(folder).store.sessions.list()).toEqual([bare, row]);
});

test("SessionRows.update: changes the members given and leaves the rest", () => {
  const { store } = open();
  store.sessions.insert(row);
  store.sessions.update("s1", { name: "n", attention: null, ephemeral: true });
  store.sessions.update("s1", {});
  expect(store.sessions.list()).toEqual([{ ...row, name: "n", attention: null, ephemeral: true }]);
  store.sessions.update("s1", { attention: { reason: "error" }, lastExit: { code: 1, message: "m" }, name: null });
  expect(store.sessions.list()[0]).toMatchObject({
    attention: { reason: "error" },
    lastExit: { code: 1, message: "m" },
    name: null,
  });
});

test("SessionRows: a change or removal of a session that is gone changes nothing", () => {
  const { store } = open();
  store.sessions.update("nobody", { name: "n" });
  store.sessions.remove("nobody");
  expect(store.sessions.list()).toEqual([]);
});

test("SessionRows.insert: the same id twice is an error", () => {
  const { store } = open();
  store.sessions.insert(row);
  expect(() => store.sessions.insert(row)).toThrow(expect.objectContaining({ code: "STORAGE" }));
});

test("SessionRows.remove: takes the session's prompts with it", () => {
  const { store } = open();
  const prompt = {
    clientId: "c",
    commandId: null,
    command: "{}",
    epoch: null,
    state: "accepted",
    reply: null,
  } as const;
  store.sessions.insert(row);
  store.prompts.accept({ ...prompt, id: "p1", session: "s1", acceptedAt: 1 });
  store.prompts.accept({ ...prompt, id: "p2", session: "other", acceptedAt: 1 });
  store.sessions.remove("s1");
  expect(store.prompts.list("s1")).toEqual([]);
  expect(store.prompts.list("other")).toHaveLength(1);
});

test("SessionRows: SQL in a value is only a value", () => {
  const { store } = open();
  const nasty = `'; DROP TABLE sessions; --"`;
  store.sessions.insert({ ...row, id: nasty, name: nasty, preview: nasty });
  expect(store.sessions.list()[0]).toMatchObject({ id: nasty, name: nasty, preview: nasty });
});
