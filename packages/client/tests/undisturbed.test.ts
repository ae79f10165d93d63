import type { ClientFrame, LiveState, Payload } from "@pier/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { connect } from "../src/index.ts";
import type { SessionFrame } from "../src/transcript/session-frame.ts";
import { Transcript } from "../src/transcript/transcript.ts";
import { dialogIds, records, requests } from "./support/arbitrary-records.ts";
import { FakeTimers } from "./support/fake-timers.ts";
import { reply, welcome } from "./support/frames.ts";
import { type AnyFrame, MemoryWire } from "./support/memory-socket.ts";
import { type Manner, SessionModel } from "./support/session-model.ts";

type Step =
  | { do: "event" | "request"; payload: Payload; bytes: number }
  | { do: "resolve"; id: string }
  | { do: "private"; bytes: number }
  | { do: "deliver"; count: number }
  | ({ do: "reconnect" } & Manner)
  | { do: "trim" | "switch" | "restart" | "slow" | "cut" | "prompt" };

const bytes = fc.integer({ min: 1, max: 50 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ do: fc.constant("event" as const), payload: records, bytes }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant("request" as const), payload: requests, bytes }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant("resolve" as const), id: fc.constantFrom(...dialogIds) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("private" as const), bytes }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), count: fc.integer({ min: 1, max: 6 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant("reconnect" as const),
        mayReplay: fc.boolean(),
        joined: fc.integer({ min: 1, max: 4 }),
        careless: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("prompt" as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("trim", "switch", "restart", "slow") }) },
  ),
  { maxLength: 60 },
);

/** A client whose connection is cut, beside one that sees every frame, on the same session. */
class Trial {
  readonly model = new SessionModel();
  readonly calm = new Transcript("s");
  readonly timers = new FakeTimers();
  readonly wire: MemoryWire = new MemoryWire((frame) => this.#receive(frame));
  readonly connection = connect({ url: "ws://host/", WebSocket: this.wire.WebSocket, timers: this.timers });
  readonly attachment = this.connection.attach("s");
  readonly prompts: Promise<unknown>[] = [];
  readonly accepted: unknown[] = [];
  /** The items as a program would have them that follows the changes only. */
  mirror: unknown[] = [];
  #attached = false;
  #manner: Manner = { mayReplay: true, joined: 1, careless: false };
  #endedTools = new Set<unknown>();

  constructor() {
    this.attachment.subscribe((change) => {
      const { items } = this.attachment.transcript;
      if (change.kind === "items") this.mirror = [...this.mirror.slice(0, change.from), ...items.slice(change.from)];
      if (change.kind === "reset") this.mirror = [...items];
    });
    for (const frame of this.model.attach(undefined, this.#manner)) this.calm.apply(frame as SessionFrame);
    this.wire.accept();
  }

  take(step: Step): void {
    switch (step.do) {
      case "event":
        if (this.#makesSense(step.payload)) this.#tell(this.model.event(step.payload, step.bytes));
        break;
      case "request":
        this.#tell(this.model.request(step.payload, step.bytes));
        break;
      case "resolve":
        this.#tell(...this.model.resolve(step.id));
        break;
      case "private":
        this.model.private(step.bytes);
        break;
      case "trim":
        this.model.trim();
        break;
      case "switch":
        this.#endedTools.clear();
        this.#tell(...this.model.switch());
        break;
      case "restart":
        this.#endedTools.clear();
        this.#tell(...this.model.restart());
        break;
      case "slow":
        if (this.#attached) for (const frame of this.model.slow()) this.wire.send(frame);
        break;
      case "deliver":
        this.wire.deliver(step.count);
        break;
      case "cut":
        this.#attached = false;
        this.wire.cut();
        break;
      case "reconnect":
        this.#manner = step;
        this.reconnect();
        break;
      case "prompt":
        this.prompts.push(this.attachment.prompt(`prompt ${this.prompts.length}`));
        break;
    }
  }

  reconnect(): void {
    const { state } = this.connection;
    if (state.status === "waiting") this.timers.advance(state.retryAt - this.timers.now());
    if (!this.wire.open) this.wire.accept();
  }

  /** pi does not update a tool call that ended, and such an update could not be told by a tail. */
  #makesSense(payload: Payload): boolean {
    if (payload.type === "tool_execution_end") this.#endedTools.add(payload["toolCallId"]);
    if (payload.type === "tool_execution_start") this.#endedTools.delete(payload["toolCallId"]);
    return payload.type !== "tool_execution_update" || !this.#endedTools.has(payload["toolCallId"]);
  }

  #tell(...frames: AnyFrame[]): void {
    for (const frame of frames) {
      this.calm.apply(structuredClone(frame) as SessionFrame);
      if (this.#attached) this.wire.send(frame);
    }
  }

  #receive(frame: ClientFrame): void {
    if (frame.type === "hello") this.wire.send(welcome());
    if (frame.type === "ping") this.wire.send({ type: "pong" });
    if (frame.type === "attach") {
      this.#attached = true;
      for (const answer of this.model.attach(frame.cursor, this.#manner)) this.wire.send(answer);
    }
    if (frame.type === "command") {
      const { id } = frame.payload;
      const known = this.accepted.includes(id);
      if (!known) this.accepted.push(id);
      if (!known)
        this.#tell(this.model.event({ type: "message_end", message: { role: "user", content: `${id}` } }, 10));
      this.wire.send(reply(id));
    }
  }
}

const parts = (live: LiveState): unknown => {
  const { running, message, tools, bash, queue, compaction, retry, pi } = live;
  return { running, message, tools: [...tools], bash: [...bash], queue, compaction, retry, pi };
};
const shown = ({ items, live, ui, cursor }: Transcript): unknown => ({
  messages: items.map(({ message }) => message),
  live: parts(live),
  ui,
  epoch: cursor?.epoch,
});

test("a client cut at any points ends as one that never was, and every prompt happens once", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const trial = new Trial();
      for (const step of script) trial.take(step);
      trial.reconnect();
      trial.wire.deliver();
      const { transcript } = trial.attachment;
      expect(transcript).toMatchObject({ status: "live", caughtUp: true });
      expect(shown(transcript)).toEqual(shown(trial.calm));
      expect(transcript.items.map(({ message }) => message)).toEqual(trial.model.items.map(({ message }) => message));
      expect(trial.mirror).toEqual(transcript.items);
      expect(new Set(transcript.items.map(({ key }) => key)).size).toBe(transcript.items.length);
      await Promise.all(trial.prompts);
      expect(trial.accepted).toHaveLength(trial.prompts.length);
      trial.connection.close();
      expect(trial.timers.pending).toBe(0);
    }),
    { numRuns: 1000 },
  );
});
