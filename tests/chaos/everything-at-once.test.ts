import { afterAll, beforeAll, expect, test } from "vitest";
import { makeRepository } from "../harness/git-repository.ts";
import { attachTo, play, restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** What was answered, without waiting for its turn. */
async function ask(method: string, path: string, body?: object): Promise<{ asked: string; status: number }> {
  const answer = await fetch(daemon.url + path, {
    method,
    headers: {
      authorization: `Bearer ${daemon.token}`,
      ...(body && !(body instanceof FormData) && { "content-type": "application/json" }),
    },
    ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  return { asked: `${method} ${path}: ${await answer.text()}`, status: answer.status };
}

function sameFile(): FormData {
  const form = new FormData();
  form.append("files", new Blob(["the same"]), "same.txt");
  return form;
}

/** Everything that can be asked of one session, some of it twice. */
function everything(id: string, entry: string, name: string): ReturnType<typeof ask>[] {
  const path = `/api/sessions/${id}`;
  return [
    ask("POST", `${path}/kill`),
    ask("POST", `${path}/resume`),
    ask("POST", `${path}/resume`),
    ask("POST", `${path}/branch`, { entry_id: entry }),
    ask("POST", `${path}/uploads`, sameFile()),
    ask("POST", `${path}/uploads`, sameFile()),
    ask("PATCH", path, { name }),
    ask("POST", `${path}/kill`),
    ...["history", "fork-messages", "search?query=x", "files?query=a", "logs", "worktree"].map((what) =>
      ask("GET", `${path}/${what}`),
    ),
  ];
}

test("everything at once on two sessions, one of which is deleted meanwhile: no fault, and whatever is left can be used", async () => {
  const { path } = makeRepository({ ...daemon, folder: daemon.home }, "storm");
  const rest = restOf(daemon);
  const { id: kept } = await rest.create({ working_dir: path });
  const session = await attachTo(daemon, kept);
  await play(session, [{ text: "Kept." }]);
  const [message] = await rest.forkMessages(kept);
  const entry = message?.entry_id as string;
  let doomed = (await rest.branch(kept, { entry_id: entry })).id;
  for (let round = 0; round < 4; round += 1) {
    const wish = { working_dir: path, workspace: { mode: "worktree", branch: `branch-${round}` } };
    const made = [ask("POST", "/api/sessions", wish), ask("POST", "/api/sessions", wish)];
    const answers = await Promise.all([
      ...everything(kept, entry, `Round ${round}`),
      ...everything(doomed, entry, `Round ${round}`),
      ask("DELETE", `/api/sessions/${doomed}`),
      ask("DELETE", `/api/sessions/${doomed}?permanent=true`),
      ask("DELETE", `/api/sessions/${doomed}/worktree`),
      ask("PUT", "/api/workspace/config", { path, config: { ui: { theme_override: "dark" } } }),
      ask("PUT", "/api/workspace/config", { path, config: { session: { thinking_level: "low" } } }),
      ...made,
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await Promise.all(made)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const listed = await rest.list();
    expect(listed.map(({ id }) => id)).not.toContain(doomed);
    expect(listed.find(({ id }) => id === kept)?.name).toBe(`Round ${round}`);
    doomed = listed.find(({ id, worktree }) => id !== kept && worktree !== null)?.id as string;
  }
  for (const { id } of await rest.list()) {
    await rest.kill(id);
    await rest.resume(id);
    const again = await attachTo(daemon, id);
    await play(again, [{ text: "Still usable." }]);
    again.detach();
    await rest.remove(id, { permanent: true });
  }
  // Node says so of files that nobody closed.
  expect(daemon.output()).not.toContain("garbage collection");
});
