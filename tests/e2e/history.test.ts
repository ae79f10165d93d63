import type { Elided, ToolResultMessage } from "@pier/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attachTo, messagesOf, openSession, play, restOf, textsOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

type Session = Awaited<ReturnType<typeof openSession>>;

async function manyTurns(count: number): Promise<Session> {
  const session = await openSession(daemon);
  for (let turn = 0; turn < count; turn++) await play(session, [{ text: `Turn ${turn}.` }]);
  return session;
}

/** Loads all older pages; resolves to how many there were. */
async function loadAll(session: Session): Promise<number> {
  let pages = 0;
  while (session.transcript.hasOlder) {
    await session.loadOlder();
    pages++;
  }
  return pages;
}

test("pages: a client with a small window gets the rest page by page, and ends with the whole", async () => {
  const session = await manyTurns(12);
  const small = await attachTo(daemon, session.session, { window: { messages: 5 } });
  expect(messagesOf(small)).toEqual(messagesOf(session).slice(-5));
  expect(await loadAll(small)).toBeGreaterThan(0);
  expect(messagesOf(small)).toEqual(messagesOf(session));
});

test("pages of a resumed session: they come from the session file, then what is new follows", async () => {
  const session = await manyTurns(6);
  const before = messagesOf(session);
  await restOf(daemon).kill(session.session);
  const closed = await attachTo(daemon, session.session, { window: { messages: 3 } });
  await loadAll(closed);
  expect(messagesOf(closed)).toEqual(before);
  await restOf(daemon).resume(session.session);
  const small = await attachTo(daemon, session.session, { window: { messages: 3 } });
  await play(small, [{ text: "New." }]);
  await loadAll(small);
  expect(messagesOf(small).slice(0, before.length)).toEqual(before);
  expect(textsOf(messagesOf(small), "assistant").at(-1)).toBe("New.");
});

test("REST history: the same messages in the same pages", async () => {
  const session = await manyTurns(5);
  const rest = restOf(daemon);
  const collected = [];
  let before: string | undefined;
  do {
    const page = await rest.history(session.session, {
      ...(before !== undefined && { before }),
      window: { messages: 4 },
    });
    collected.unshift(...page.messages.map(({ message }) => message));
    before = page.before;
  } while (before !== undefined);
  expect(collected).toEqual(messagesOf(session));
});

test("a large tool output: a client that comes later gets both ends, and the whole over REST", async () => {
  const session = await openSession(daemon);
  await play(session, [{ tool: "bash", args: { command: "seq 1 6000; echo 'ünï'" } }, { text: "Seen." }]);
  const live = messagesOf(session)[2] as ToolResultMessage;
  const whole = (live.content[0] as { text: string }).text;
  const late = await attachTo(daemon, session.session);
  const [content] = (messagesOf(late)[2] as ToolResultMessage).content as { text: Elided }[];
  const elided = content?.text as Elided;
  expect(elided).toMatchObject({
    elided: true,
    bytes: Buffer.byteLength(whole),
    head: whole.slice(0, 1000),
    tail: whole.slice(-1000),
  });
  expect(await restOf(daemon).body(elided as { href: string })).toBe(whole);
  // The same of the session file, by another process.
  await restOf(daemon).kill(session.session);
  const closed = await attachTo(daemon, session.session);
  await until(closed, "the transcript", () => closed.transcript.items.length === 4);
  const [again] = (messagesOf(closed)[2] as ToolResultMessage).content as unknown as { text: { href: string } }[];
  expect(await restOf(daemon).body(again?.text as { href: string })).toBe(whole);
});

test("bodies with another session's key, or none: they are refused", async () => {
  const session = await openSession(daemon);
  const href = `api/sessions/${session.session}/bodies/j:0?path=content.0.text`;
  await expect(restOf(daemon).body({ href })).rejects.toMatchObject({ status: 404 });
  await expect(restOf(daemon).body({ href: "/etc/passwd" })).rejects.toBeInstanceOf(Error);
});

test("find in session: all that was said or done is found, live and closed, and each match can be jumped to", async () => {
  const session = await openSession(daemon);
  await play(session, [
    { think: "Perhaps a NEEDLE in thought." },
    { text: "First the needle\nof speech." },
    { tool: "bash", args: { command: "echo nee''dle of output" } },
    { turn: true },
    { text: "Nothing here." },
  ]);
  await session.bash("echo direct | sed s/direct/needle/");
  await play(session, [{ text: "The end." }]);
  const look = async (query: string): Promise<string[]> => {
    const found = await restOf(daemon).search(session.session, query);
    expect(found.truncated).toBe(false);
    return found.matches.map(({ role }) => role);
  };
  const check = async (): Promise<void> => {
    // The script of a prompt holds all the words that it asks for.
    expect(await look("needle")).toEqual(["bashExecution", "toolResult", "assistant", "user"]);
    expect(await look("NEEDLE of speech")).toEqual(["assistant"]);
    expect(await look("in thought")).toEqual(["assistant", "user"]);
    expect(await look("(needle")).toEqual([]);
    const { matches } = await restOf(daemon).search(session.session, "The end");
    for (const match of matches) {
      const page = await restOf(daemon).history(session.session, { ...(match.before && { before: match.before }) });
      expect(page.messages.at(-1)?.key).toBe(match.key);
    }
    expect(matches.map(({ before }) => before === undefined)).toEqual([true, false]);
    const first = await restOf(daemon).search(session.session, "needle", { limit: 1 });
    expect(first).toMatchObject({ truncated: true, matches: [{ role: "bashExecution" }] });
    const next = await restOf(daemon).search(session.session, "needle", { before: first.before as string });
    expect(next.matches.map(({ role }) => role)).toEqual(["toolResult", "assistant", "user"]);
  };
  await check();
  await restOf(daemon).kill(session.session);
  await check();
  await expect(restOf(daemon).search(session.session, "x", { before: "s1" })).rejects.toMatchObject({
    code: "HISTORY_GONE",
  });
});
