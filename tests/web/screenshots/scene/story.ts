import type { Step } from "@pier/demo-model";

/** What pi does at each prompt of the scene: the prompt as a person typed it, and the steps that the demo model plays. */
export const story: Readonly<Record<string, readonly Step[]>> = {
  "Since the clocks changed, heights on the harbour page are an hour late. Find out why, mend it, and add a test that would have caught it.":
    [
      { think: "An hour, since the clocks changed: a fixed offset somewhere. Look where local time becomes t." },
      { tool: "bash", args: { command: "grep -rn offset src" } },
      { tool: "read", args: { path: "src/forecast/predict.ts" } },
      { turn: true },
      {
        tool: "edit",
        args: {
          path: "src/forecast/predict.ts",
          edits: [{ oldText: "station.offset", newText: "station.zone" }],
        },
      },
      { tool: "write", args: { path: "src/forecast/daylight.test.ts", content: "// Both changes of the year.\n" } },
      { turn: true },
      { tool: "bash", args: { command: "npm run --silent lint" } },
      { turn: true },
      {
        text: `### The offset of January, all year

A height is a sum of harmonic terms, so one wrong $t$ shifts the whole curve and bends nothing:

$$h(t) = H_0 + \\sum_{n=1}^{N} f_n A_n \\cos(\\omega_n t + \\varphi_n)$$

\`predict()\` made $t$ from wall-clock time with \`station.offset\`, [read once](https://example.com/stations) when a station is loaded. It now asks the zone for each moment:

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
`,
      },
      { usage: { input: 48_300, output: 1900 } },
    ],
  "Good. Lint it, run everything, then squash it into one commit.": [
    { think: "Lint first, it is the quickest to fail. Then the whole suite." },
    { tool: "bash", args: { command: "npm run --silent lint:all" } },
    { turn: true },
    { text: "That one is mine, left over from the first attempt." },
    {
      tool: "edit",
      args: {
        path: "src/forecast/predict.ts",
        edits: [{ oldText: "import { toEpoch, epochAt, HOUR }", newText: "import { epochAt, HOUR }" }],
      },
    },
    { turn: true },
    { tool: "bash", args: { command: "npm test" } },
  ],
  "Move the forecast job to the queue, and add the column it needs.": [
    { text: "The job reads its station from the queue now. The table still lacks the column for it." },
    {
      tool: "bash",
      args: {
        command:
          'psql "$STAGING_URL" -c "ALTER TABLE forecast ADD COLUMN station_id integer REFERENCES station (id) ON DELETE CASCADE"',
      },
    },
  ],
  "Prune map tiles that nobody asks for.": [{ http: 401, message: "the key has expired" }],
  "Write the changelog for 2.4.": [
    { text: "14 entries in `CHANGELOG.md`. Two of them change a default, I put those first." },
  ],
  "Draw the night style for the chart.": [
    { think: "The depth contours need more contrast at night, without waking the eyes of whoever steers by them." },
    { hang: true },
  ],
  "Read the station lists lazily.": [{ text: "Both loaders stream now, memory stays under 40 MB." }],
  "Build it with the new bundler.": [{ text: "All green. The bundle shrank by 11 %." }],
  "Why is the first paint slow on old tablets?": [
    { text: "The font swap costs 380 ms; the rest is the tile index, read twice." },
  ],
};
