import fc from "fast-check";
import { expect, test } from "vitest";
import { newRow } from "../../src/new-row.ts";
import type { Sessions } from "../../src/sessions.ts";
import { SessionsWorld } from "./support/sessions-world.ts";

const file = "/sessions/kept.jsonl";
const conversation = [
  { type: "session", version: 3, id: "kept", timestamp: "2026-01-01T00:00:00.000Z", cwd: "/" },
  { type: "message", id: "a", parentId: null, message: { role: "user", content: "Hello", timestamp: 1 } },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

const operations = ["create", "kill", "resume", "remove", "rename"] as const;
type Operation = (typeof operations)[number];

/** One session with a file, a daemon that dies at some step, and what was answered until then. */
class Trial {
  readonly world = new SessionsWorld();
  /** Ids of sessions whose creation was answered. */
  readonly created: string[] = [];
  /** What was answered last for the session with a file. */
  last: "live" | "closed" | "gone" = "live";
  #pending = 0;

  constructor() {
    this.world.files.write(file, conversation);
    this.world.rows.set("kept", newRow({ id: "kept", cwd: "/", sessionFile: file }, 0));
  }

  /** Whether something was asked for and not answered. */
  get isPending(): boolean {
    return this.#pending > 0;
  }

  async run(asked: readonly Operation[], steps: number, isAtOnce: boolean): Promise<void> {
    // pi runs already, and the daemon that dies has to find it first.
    await this.world.boot().session("kept").start();
    const sessions = this.world.boot(steps);
    for (const operation of asked) {
      this.#pending++;
      const answered = (): void => {
        // A daemon that died answers nothing.
        if (!this.world.over) this.#pending--;
      };
      const done = this.#ask(sessions, operation).then(answered, answered);
      if (isAtOnce) void done;
      else await Promise.race([done, this.world.settle()]);
      if (this.world.over) break;
    }
    await this.world.settle();
  }

  async #ask(sessions: Sessions, operation: Operation): Promise<void> {
    switch (operation) {
      case "create":
        this.created.push((await sessions.create({ cwd: "/" })).id);
        return;
      case "kill":
        await sessions.kill("kept");
        this.last = "closed";
        return;
      case "resume":
        await sessions.resume("kept");
        this.last = "live";
        return;
      case "remove":
        await sessions.remove("kept", false);
        this.last = "gone";
        return;
      case "rename":
        await sessions.update("kept", { name: "named" });
    }
  }

  /** The next daemon finds everything whole, and everything can be done with it. */
  async check(): Promise<void> {
    const { world } = this;
    const sessions = world.boot();
    await world.settle();
    for (const { session, epoch } of world.living) {
      expect(world.rows.get(session)).toMatchObject({ status: "live", epoch });
    }
    expect(new Set(world.living.map(({ session }) => session)).size).toBe(world.living.length);
    expect([...world.rows.keys()]).toEqual(expect.arrayContaining([...world.folders.keys(), ...this.created]));
    expect(sessions.all().map(({ id }) => id)).toEqual(expect.arrayContaining([...world.rows.keys()]));
    // What was said is in its place or in the trash, never in neither and never in both.
    const isGone = !world.rows.has("kept");
    expect([world.files.text(file).startsWith(conversation), world.trash.has(file)]).toEqual([!isGone, isGone]);
    if (!this.isPending) {
      expect(isGone ? "gone" : world.rows.get("kept")?.status).toBe(this.last);
    }
    for (const { id, status } of sessions.all()) {
      if (status === "live") await sessions.session(id).start();
      else await sessions.resume(id);
      expect(sessions.get(id)).toMatchObject({ status: "live", activity: "idle" });
      await sessions.kill(id);
    }
    expect(world.living).toEqual([]);
    for (const { id } of sessions.all()) await sessions.remove(id, false);
    expect([world.rows.size, world.folders.size, world.files.text(file)]).toEqual([0, 0, ""]);
  }
}

async function survives(asked: readonly Operation[], steps: number, isAtOnce = false): Promise<Trial> {
  const trial = new Trial();
  await trial.run(asked, steps, isAtOnce);
  await trial.check();
  return trial;
}

test.each([
  ["create"],
  ["kill"],
  ["kill", "resume"],
  ["remove"],
  ["resume", "kill", "remove"],
  ["kill", "remove"],
] satisfies Operation[][])(
  "a daemon that dies between any two steps of %s, %s, %s: the next one finds all of it whole",
  async (...asked) => {
    const wanted = asked.filter((operation) => operation !== undefined);
    for (let steps = 0; ; steps++) {
      const { isPending } = await survives(wanted, steps);
      if (!isPending) return;
      expect(steps).toBeLessThan(200);
    }
  },
);

test("property: whatever is asked for, one after the other or at once, and whenever the daemon dies, the state is whole", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...operations), { minLength: 1, maxLength: 6 }),
      fc.oneof(fc.nat(80), fc.constant(Infinity)),
      fc.boolean(),
      async (asked, steps, isAtOnce) => {
        await survives(asked, steps, isAtOnce);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
