import fc from "fast-check";
import { expect, test } from "vitest";
import { type Manner, manners } from "./support/manners.ts";
import { TestClient } from "./support/test-client.ts";
import { isCrash, World } from "./support/world.ts";

type Action =
  | { do: "prompt"; text: string; padding: number; type: string; behaviour: string | undefined }
  | { do: "step"; count: number; choice: number }
  | { do: "boot"; steps: number }
  | { do: Simple };
type Simple = "settle" | "reconnect" | "again" | "kill" | "send" | "abort" | "suspend";

const prompts = fc.record({
  do: fc.constant("prompt" as const),
  text: fc.constantFrom("continue", "hello", "yes", "/ask", "/tpl x", "tool"),
  // More than the pipe takes at once, so that it can be torn.
  padding: fc.oneof(fc.constant(0), fc.integer({ min: 100, max: 2_000 })),
  type: fc.constantFrom("prompt", "prompt", "steer", "follow_up"),
  behaviour: fc.constantFrom(undefined, "steer", "followUp"),
});

const steps = fc.record({
  do: fc.constant("step" as const),
  count: fc.integer({ min: 1, max: 30 }),
  choice: fc.nat(3),
});
const boots = fc.record({ do: fc.constant("boot" as const), steps: fc.oneof(fc.nat(25), fc.constant(Infinity)) });
const simple = (...names: Simple[]): fc.Arbitrary<Action> => fc.record({ do: fc.constantFrom(...names) });

const crashes: fc.Arbitrary<Action>[] = [
  prompts,
  prompts,
  steps,
  boots,
  simple("settle", "reconnect", "again", "suspend"),
];
const deaths: fc.Arbitrary<Action>[] = [...crashes, simple("kill", "send", "abort")];

/** A session whose daemon dies at any step, with a client that sends again what has no reply. */
class Trial {
  readonly world: World;
  readonly client: TestClient;
  readonly sent = new Map<string, { text: string; payload: { type: string } }>();
  /** How often a person sent a prompt again that was offered. */
  sentAgain = 0;
  #count = 0;

  constructor(manner: Manner) {
    this.world = new World({ manner });
    this.client = new TestClient(this.world);
    this.world.boot();
  }

  async take(action: Action): Promise<void> {
    const { world, client } = this;
    // Prompts of one text are told apart by when they were made, as time goes by in the world.
    world.clock.advance(1);
    switch (action.do) {
      case "prompt": {
        const text = action.padding > 0 ? `${action.text} ${this.#count++} ${"x".repeat(action.padding)}` : action.text;
        const payload = {
          type: action.type,
          message: text,
          ...(action.behaviour !== undefined && action.type === "prompt" && { streamingBehavior: action.behaviour }),
        };
        this.sent.set(client.send(payload), { text, payload });
        return;
      }
      case "step":
        for (let at = 0; at < action.count; at++) world.living?.pi.step(action.choice);
        return;
      case "boot":
        world.boot(action.steps);
        return client.reconnect();
      case "settle":
        return world.settle();
      case "reconnect":
        return client.reconnect();
      case "again": {
        const [id, { payload }] = [...this.sent].at(this.#count++ % Math.max(1, this.sent.size)) ?? [
          "",
          { payload: undefined },
        ];
        if (payload) client.repeat(id, payload);
        return;
      }
      case "suspend": {
        const process = world.living;
        if (process?.stopped) process.resume();
        else if (process) process.stopped = true;
        return;
      }
      case "kill":
        world.living?.kill();
        return;
      case "abort":
        client.send({ type: "abort" });
        return;
      case "send":
        for (const { id } of world.life.over ? [] : world.session.offered) this.#sendAgain(id);
    }
  }

  #sendAgain(id: string): void {
    this.sentAgain++;
    try {
      this.world.session.settleOffer(id, "send");
    } catch (error) {
      if (!isCrash(error)) throw error;
    }
  }

  /** The last daemon lives, pi goes on, and the client has sent everything again. */
  async end(): Promise<void> {
    const { world, client } = this;
    if (world.living?.stopped) world.living.resume();
    world.boot();
    client.reconnect();
    await world.finish();
    await world.finish();
  }

  /** How often pi was given a text. */
  receivedOf(text: string): number {
    return this.world.received.filter((one) => one.text === text).length;
  }

  /** How often a text stands in the session files, as pi writes it. */
  savedOf(text: string): number {
    const written = JSON.stringify({
      type: "text",
      text: text.startsWith("/tpl") ? `expanded ${text.slice(5)}` : text,
    });
    const files = new Set([...this.world.processes.values()].map(({ pi }) => pi.session.file ?? ""));
    return [...files]
      .map((file) => this.world.files.text(file).split(`"role":"user","content":[${written}]`).length - 1)
      .reduce((a, b) => a + b, 0);
  }
}

test("prompts, the daemon dies at any step, the client sends again: pi gets each exactly once and the reply arrives", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...manners),
      fc.array(fc.oneof(...crashes), { minLength: 3, maxLength: 30 }),
      async (manner, actions) => {
        const trial = new Trial(manner);
        for (const action of actions) await trial.take(action);
        await trial.end();
        const texts = [...trial.sent.values()].map(({ text }) => text);
        expect(trial.world.received.map(({ text }) => text).toSorted()).toEqual(texts.toSorted());
        expect(trial.client.unanswered).toBe(0);
        expect(trial.world.session.offered).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test("prompts, the daemon and pi die at any step: each is saved, offered, or refused, and none is given twice unasked", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...manners),
      fc.array(fc.oneof(...deaths), { minLength: 3, maxLength: 30 }),
      async (manner, actions) => {
        const trial = new Trial(manner);
        for (const action of actions) await trial.take(action);
        await trial.end();
        const { world, client, sent } = trial;
        expect(client.unanswered).toBe(0);
        const pi = world.living?.pi;
        const waiting = [...(pi?.queue.steering ?? []), ...(pi?.queue.followUp ?? [])];
        for (const text of new Set([...sent.values()].map((one) => one.text))) {
          const ids = [...sent].filter(([, one]) => one.text === text).map(([id]) => id);
          expect(trial.receivedOf(text), text).toBeLessThanOrEqual(ids.length + trial.sentAgain);
          // A command of an extension leaves nothing behind.
          if (text.startsWith("/ask")) continue;
          const isRefused = (id: string): boolean =>
            client.reply(id)?.success === false && client.reply(id)?.code !== "PI_EXITED";
          const refused = ids.filter(isRefused).length;
          const kept = trial.savedOf(text) + world.session.offered.filter((one) => one.text === text).length;
          const expanded = text.startsWith("/tpl") ? `expanded ${text.slice(5)}` : text;
          const queued = waiting.filter((one) => one === expanded).length;
          expect(kept + queued + refused, text).toBeGreaterThanOrEqual(ids.length);
        }
      },
    ),
    { numRuns: 300 },
  );
});
