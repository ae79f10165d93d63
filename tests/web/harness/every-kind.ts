const word = "Donaudampfschifffahrt".repeat(10);

/** A text with every kind of Markdown that there is. */
export const everyKind = `# The offset of January

A height is a sum of harmonic terms, so one wrong $t$ shifts the whole curve, **bends nothing** and *looks right* in ~~summer~~ winter. See [the chart](https://example.org/chart), \`station.offset\` and <https://example.org/>.

$$h(t) = H_0 + \\sum_{n=1}^{N} f_n A_n \\cos(\\omega_n t + \\varphi_n)$$

## What to do

1. Read the station list lazily.
2. Ask the zone for each moment:
   - both changes of the year
   - the hour that comes twice
3. Check it against the gauge.

- [x] Find the offset
- [ ] Tell the harbour master

> A quote of two lines,
> with \`code\` in it.
>
> - and a list

\`\`\`ts
/** Milliseconds since 1970; the earlier moment if the clock shows it twice. */
export function epochAt(local: Temporal.PlainDateTime, zone: string): number {
  const at = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  return at.epochMilliseconds;
}
\`\`\`

### High water on 30 March

| Station | Before | After | Gauge | Difference | Remark |
| :-- | --: | --: | --: | :-: | --- |
| North quay | 05:12 | 06:12 | 06:14 | 2 min | the oldest gauge of the three |
| Lock | 05:31 | 06:31 | 06:30 | −1 min | read by hand in winter |
| Outer mole | 04:58 | 05:58 | 05:58 | none | \`mole-2\` since 2019 |

\`\`\`mermaid
graph LR
  A[Station list] --> B{Zone known?}
  B -->|yes| C[predict]
  B -->|no| D[ask] --> C
\`\`\`

---

هذه فقرة بالعربية مع \`code\` بداخلها، تُقرأ من اليمين إلى اليسار.

${word}

![A plan](https://example.org/plan.png) The last line.
`;

/** A word that is longer than a phone is wide. */
export const longWord: string = word;
