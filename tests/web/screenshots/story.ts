/** A conversation as pi saves it, to look at: what a person and pi said about a small project. */

interface Message {
  role: string;
  content: unknown[];
  [member: string]: unknown;
}

const usage = {
  input: 21_400,
  output: 1_900,
  cacheRead: 52_000,
  cacheWrite: 0,
  totalTokens: 75_300,
  cost: { input: 0.11, output: 0.08, cacheRead: 0.02, cacheWrite: 0, total: 0.21 },
};

function user(text: string): Message {
  return { role: "user", content: [{ type: "text", text }] };
}

function assistant(...content: unknown[]): Message {
  const last = content.at(-1) as { type: string };
  return {
    role: "assistant",
    content,
    api: "openai-completions",
    provider: "pier-demo",
    model: "demo-reasoning",
    usage,
    stopReason: last.type === "toolCall" ? "toolUse" : "stop",
  };
}

function call(id: string, name: string, args: object): object {
  return { type: "toolCall", id, name, arguments: args };
}

function result(toolCallId: string, toolName: string, text: string, more: object = {}): Message {
  return { role: "toolResult", toolCallId, toolName, content: [{ type: "text", text }], isError: false, ...more };
}

const answer = `### The offset of January, all year

A height is a sum of harmonic terms, so one wrong $t$ shifts the whole curve and bends nothing:

$$h(t) = H_0 + \\sum_{n=1}^{N} f_n A_n \\cos(\\omega_n t + \\varphi_n)$$

\`predict()\` made $t$ from wall-clock time with \`station.offset\`, read once when a station is loaded. It now asks the zone for each moment:

\`\`\`ts
/** Milliseconds since 1970; the earlier moment if the clock shows it twice. */
export function epochAt(local: Temporal.PlainDateTime, zone: string): number {
  const at = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  return at.epochMilliseconds;
}
\`\`\`

High water on 30 March, before and after, against the gauge:

| Station | Before | After | Gauge |
| --- | ---: | ---: | ---: |
| North quay | 05:12 | 06:12 | 06:14 |
| Lock | 05:31 | 06:31 | 06:30 |
| Outer mole | 04:58 | 05:58 | 05:58 |

- \`daylight.test.ts\` checks both changes of the year, and the hour that comes twice. It fails on \`main\`.
- The winter heights are the same to the millimetre.
`;

const diff = ` 1 import { constituents } from "./constituents.ts";
-2 import { toEpoch, epochAt, HOUR } from "../time.ts";
+2 import { epochAt, HOUR } from "../time.ts";
 3
 4   const terms = constituents(station);
-5   const t = epochAt(local, station.offset) / HOUR;
+5   const t = epochAt(local, station.zone) / HOUR;`;

/** What was said, oldest first. */
const story: readonly Message[] = [
  user(
    "Since the clocks changed, heights on the harbour page are an hour late. Find out why, mend it, and add a test that would have caught it.",
  ),
  assistant(
    {
      type: "thinking",
      thinking: "An hour, since the clocks changed: a fixed offset somewhere. Look where local time becomes t.",
    },
    call("c1", "grep", { pattern: "offset", path: "src" }),
    call("c2", "read", { path: "src/forecast/predict.ts" }),
  ),
  result(
    "c1",
    "grep",
    "src/forecast/predict.ts:5: const t = epochAt(local, station.offset) / HOUR;\nsrc/time.ts:12: export function toEpoch(",
  ),
  result(
    "c2",
    "read",
    'import { constituents } from "./constituents.ts";\nimport { toEpoch, epochAt, HOUR } from "../time.ts";\n',
  ),
  assistant(
    call("c3", "edit", {
      path: "src/forecast/predict.ts",
      edits: [{ oldText: "station.offset", newText: "station.zone" }],
    }),
  ),
  result("c3", "edit", "Replaced 2 blocks in src/forecast/predict.ts.", { details: { diff, firstChangedLine: 2 } }),
  assistant(call("c4", "bash", { command: "npm test" })),
  result(
    "c4",
    "bash",
    "ok  src/forecast/predict.test.ts      31 tests   2.1 s\nok  src/forecast/daylight.test.ts      6 tests   0.4 s\n\n340 passed",
  ),
  assistant({ type: "text", text: answer }),
  user("Good. Lint it, run everything, then squash it into one commit."),
  assistant(
    { type: "thinking", thinking: "Lint first, it is the quickest to fail. Then the whole suite." },
    call("c5", "bash", { command: "git status --short" }),
    call("c6", "bash", { command: "npm run lint" }),
  ),
  result("c5", "bash", " M README.md\n M src/forecast/predict.ts\n M src/time.ts\n?? src/forecast/daylight.test.ts"),
  result(
    "c6",
    "bash",
    "src/forecast/predict.ts\n   2:10  error  'toEpoch' is imported and never used    no-unused-vars\n\n1 problem\n\nCommand exited with code 1",
    { isError: true },
  ),
  assistant({ type: "text", text: "That one is mine, left over from the first attempt." }),
];

/** The same as lines of a session file, after its header. */
export function storyLines(start: number): string[] {
  let parentId: string | null = null;
  return story.map((message, at) => {
    const id = (at + 1).toString(16).padStart(8, "0");
    const time = start + at * 14_000;
    const entry = {
      type: "message",
      id,
      parentId,
      timestamp: new Date(time).toISOString(),
      message: { ...message, timestamp: time },
    };
    parentId = id;
    return JSON.stringify(entry);
  });
}
