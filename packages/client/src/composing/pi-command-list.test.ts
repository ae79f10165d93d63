import { describe, expect, test } from "vitest";
import type { Attachment } from "../attachment/attachment.ts";
import type { PiSlashCommand } from "../pi/pi-replies.ts";
import { PiCommandList } from "./pi-command-list.ts";

/** A session whose pi answers when it is told to. */
class Answerer {
  readonly transcript: { info: { status: string; activity: string } | null };
  readonly asked: PromiseWithResolvers<{ commands: PiSlashCommand[] }>[] = [];

  constructor(activity = "idle", status = "live") {
    this.transcript = { info: { status, activity } };
  }

  getCommands(): Promise<{ commands: PiSlashCommand[] }> {
    const answer = Promise.withResolvers<{ commands: PiSlashCommand[] }>();
    this.asked.push(answer);
    return answer.promise;
  }

  get attachment(): Attachment {
    return this as unknown as Attachment;
  }
}

const commands = (...names: string[]) => ({ commands: names.map((name) => ({ name, source: "prompt" })) });

describe("PiCommandList", () => {
  test("asks at once and only once, and knows the names from the answer on", async () => {
    const session = new Answerer();
    const list = new PiCommandList(session.attachment);
    expect(list.names).toBeNull();
    const both = Promise.all([list.get(), list.get()]);
    session.asked[0]?.resolve(commands("review"));
    await both;
    expect([list.names, session.asked.length]).toEqual([["review"], 1]);
  });

  test("refreshed, keeps what it knows until the new answer", async () => {
    const session = new Answerer();
    const list = new PiCommandList(session.attachment);
    session.asked[0]?.resolve(commands("old"));
    await list.get();
    list.refresh();
    expect(list.names).toEqual(["old"]);
    session.asked[1]?.resolve(commands("new"));
    await list.get();
    expect(list.names).toEqual(["new"]);
  });

  test.each([
    ["parked", "live"],
    ["closed", "closed"],
  ])("of a session that is %s, does not start its pi until somebody asks", (activity, status) => {
    const session = new Answerer(activity, status);
    const list = new PiCommandList(session.attachment);
    expect(session.asked).toHaveLength(0);
    list.get().catch(() => {});
    expect(session.asked).toHaveLength(1);
  });

  test("whose question failed, asks again", async () => {
    const session = new Answerer();
    const list = new PiCommandList(session.attachment);
    session.asked[0]?.reject(new Error("gone"));
    await expect(list.get()).rejects.toThrow("gone");
    const again = list.get();
    session.asked[1]?.resolve(commands("a"));
    expect(await again).toHaveLength(1);
  });

  test("that follows another session, forgets the names and takes no late answer of the one before", async () => {
    const [first, second] = [new Answerer(), new Answerer()];
    const list = new PiCommandList(first.attachment);
    const late = list.get();
    list.follow(second.attachment);
    first.asked[0]?.resolve(commands("of the first"));
    await late;
    expect(list.names).toBeNull();
    second.asked[0]?.resolve(commands("of the second"));
    await list.get();
    expect(list.names).toEqual(["of the second"]);
  });
});
