import { limits } from "@pier/protocol";
import fc from "fast-check";
import { expect } from "vitest";
import { Follower } from "./follower.ts";
import type { Manner } from "./manners.ts";
import { TestClient } from "./test-client.ts";
import { World } from "./world.ts";

const words = fc.constantFrom(
  "hello",
  "think",
  "tool",
  "think tool",
  "dialog",
  "retry",
  "compact",
  "late",
  "ö😀\u2028",
  "/ui on",
  "/ui off",
  "/ask",
);
const never = fc.constant({});

type Action =
  | { do: "prompt"; text: string; behaviour: string | undefined }
  | { do: "step"; count: number; choice: number }
  | { do: "advance"; ms: number }
  | { do: "command"; type: string; rest: object }
  | { do: "compare" | "settle" | "answer" | "leave" | "return" | "crash" | "release" | "kill" | "offer" };

export const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("prompt" as const),
        text: words,
        behaviour: fc.constantFrom(undefined, "steer", "followUp"),
      }),
    },
    {
      weight: 16,
      arbitrary: fc.record({
        do: fc.constant("step" as const),
        count: fc.integer({ min: 1, max: 40 }),
        choice: fc.nat(3),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.constantFrom(1, 20, 50, 70_000) }),
    },
    {
      weight: 3,
      arbitrary: fc.oneof(
        fc.record({
          do: fc.constant("command" as const),
          type: fc.constantFrom("bash"),
          rest: fc.constant({ command: "ls" }),
        }),
        fc.record({
          do: fc.constant("command" as const),
          type: fc.constantFrom("new_session", "fork", "clone"),
          rest: never,
        }),
        fc.record({
          do: fc.constant("command" as const),
          type: fc.constant("new_session"),
          rest: fc.constant({ cancelled: true }),
        }),
        fc.record({
          do: fc.constant("command" as const),
          type: fc.constant("set_thinking_level"),
          rest: fc.constantFrom({ level: "low" }, { level: "high" }),
        }),
        fc.record({ do: fc.constant("command" as const), type: fc.constantFrom("abort", "nonsense"), rest: never }),
      ),
    },
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constantFrom("settle" as const, "answer" as const, "compare" as const) }),
    },
    { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("leave" as const, "return" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom("crash" as const, "release" as const, "kill" as const, "offer" as const),
      }),
    },
  ),
  { minLength: 5, maxLength: 80 },
);

/** All there is. */
const window = { messages: limits.windowMessages, bytes: limits.windowMax };

/** A session with a client that is always there and one that comes and goes. */
export class AttachTrial {
  readonly world: World;
  readonly client: TestClient;
  readonly calm = new Follower();
  readonly cut = new Follower();
  readonly #interval: number;
  #away = false;

  constructor(manner: Manner, interval: number, chunk: number) {
    this.world = new World({ manner, chunk });
    this.client = new TestClient(this.world);
    this.#interval = interval;
  }

  async begin(): Promise<void> {
    this.world.boot();
    await this.world.session.start();
    await this.#attachAll();
  }

  async take(action: Action): Promise<void> {
    const { world, client } = this;
    switch (action.do) {
      case "prompt":
        client.prompt(action.text, action.behaviour === undefined ? {} : { streamingBehavior: action.behaviour });
        return;
      case "step":
        for (let at = 0; at < action.count; at++) world.living?.pi.step(action.choice);
        return;
      case "advance":
        return world.clock.advance(action.ms);
      case "command":
        client.send({ type: action.type, ...action.rest });
        return;
      case "compare":
        return this.compare();
      case "settle":
        return world.settle();
      case "answer": {
        const id = this.calm.ui.dialogs.keys().next().value;
        if (id !== undefined && world.session.info.activity === "running")
          world.session.answerDialog(id, { cancelled: true });
        return;
      }
      case "leave":
        this.#away = true;
        this.cut.leave();
        return;
      case "return":
        if (!this.#away) return;
        this.#away = false;
        return this.cut.attach(world.session, { interval: this.#interval, window });
      case "release":
        await world.session.release();
        return this.#reboot();
      case "crash":
        return this.#reboot();
      case "kill":
        world.living?.kill();
        return world.settle();
      case "offer":
        for (const { id } of world.session.offered.slice(0, 1)) world.session.settleOffer(id, "send");
    }
  }

  /** Both, and one who sees the session for the first time, see the same. */
  async compare(): Promise<void> {
    const { world } = this;
    await world.settle();
    await this.take({ do: "return" });
    await world.settle();
    world.clock.advance(1_000);
    await world.settle();
    const fresh = new Follower();
    await fresh.attach(world.session, { window });
    await world.settle();
    expect(this.cut.view()).toEqual(fresh.view());
    expect(this.calm.view()).toEqual(fresh.view());
    fresh.leave();
  }

  async #reboot(): Promise<void> {
    this.calm.leave();
    this.cut.leave();
    this.world.boot();
    this.client.reconnect();
    await this.#attachAll();
  }

  async #attachAll(): Promise<void> {
    const options = { interval: this.#interval, window };
    const attached = [this.calm.attach(this.world.session, options)];
    if (!this.#away) attached.push(this.cut.attach(this.world.session, options));
    await this.world.settle();
    await Promise.all(attached);
  }
}
