/** Ends every unscripted answer, so that nobody takes it for a language model's. */
export const SIGNATURE = "*Pier demo model: scripted, no language model was asked.*";

export const MENU = `| say | and I |
| --- | --- |
| **fix the tests**, **build something** | write code in \`demo/\`, test it, correct it, all with real tools |
| **list files** | run a real command here |
| **show markdown**, **table**, **math**, **diagram** | show how replies are rendered |
| **think** | think aloud first, when thinking is on |
| **long**, **slow** | stream for a while; leave and come back meanwhile |
| **error** | fail once, so that you see pi try again |
| **help** | say all this again |`;

export const HELP = `## What the demo can do

${MENU}

${SIGNATURE}`;

export const CONTINUE = `The conversation was compacted, and I go on from its summary. What I was doing is over; ask for something new.

${SIGNATURE}`;

export const MARKDOWN = `# Markdown

A paragraph with **bold**, *italic*, ~~struck~~ and \`code\`, a [link](https://example.com), an emoji 🛶 and a family
👩‍👩‍👧‍👦. Inline math: $e^{i\\pi} + 1 = 0$.

## Lists

1. First
   - nested, with \`code\`
   - [x] done
   - [ ] not done
2. Second

> A quotation
> over two lines.

## Code

\`\`\`ts
/** The greatest common divisor. */
export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
\`\`\`

\`\`\`diff
- const port = 80;
+ const port = 8080;
\`\`\`

## Table

| left | centre | right |
| :--- | :----: | ----: |
| a | \`b\` | 1 |
| a \\| bar | **b** | 22 |

---

${SIGNATURE}`;

export const TABLE = `## A table

| planet | moons | day in hours | note |
| :--- | ---: | ---: | :--- |
| Mercury | 0 | 4222.6 | \`hot\` and cold |
| Earth | 1 | 24.0 | **home** |
| Mars | 2 | 24.7 | dusty \\| red |
| Jupiter | 95 | 9.9 | large |

${SIGNATURE}`;

export const MATH = `## Math

Inline: the roots of $ax^2 + bx + c = 0$ are $x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$.

Displayed:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

It costs $5 to write a dollar sign that is no formula, and $6 for two.

${SIGNATURE}`;

export const DIAGRAM = `## Where this reply comes from

\`\`\`mermaid
flowchart LR
  you[Your client] -->|prompt| pier[Pier]
  pier --> pi
  pi -->|chat completions| demo[Demo model]
  demo -->|deltas| pi
  pi --> pier
  pier -->|live, or later| you
\`\`\`

${SIGNATURE}`;

export const SLOW = `That took a few seconds on purpose. Close this window next time and come back: nothing is lost.

${SIGNATURE}`;

export const ERROR = `That was a real failure: the first request got **HTTP 529** (overloaded), pi waited and asked again, and this is
the answer to its second attempt.

${SIGNATURE}`;

export const LONG_THOUGHT = `How many squares are on a chessboard? Sixty-four is the quick answer, so it is probably not the whole one.

A square may have any side from 1 to 8. A square with side k fits in (9 - k) columns and (9 - k) rows.

So I add 64 + 49 + 36 + 25 + 16 + 9 + 4 + 1. That is 113, 149, 174, 190, 199, 203, 204.

As a check: n(n + 1)(2n + 1) / 6 with n = 8 is 8 · 9 · 17 / 6 = 204. Good.`;

export const THOUGHT = `I thought about how many squares a chessboard has. Not 64 but **204**, for those of every size count:

$$
\\sum_{k=1}^{8} k^2 = \\frac{8 \\cdot 9 \\cdot 17}{6} = 204
$$

${SIGNATURE}`;

export const NO_THOUGHT = `Thinking is off, so there is nothing to show. Choose **Pier demo model, with thinking** and a thinking level other
than off, then ask again.

${SIGNATURE}`;

const CHAPTERS = ["The harbour", "The quay", "The rope", "The tide", "The lamp", "The return"];

/** A page long enough to scroll. */
export function longPage(): string {
  const chapters = CHAPTERS.map((title, index) => `## ${index + 1}. ${title}\n\n${chapter(title.toLowerCase())}`);
  return `# A long page\n\n${chapters.join("\n\n")}\n\n${SIGNATURE}`;
}

function chapter(subject: string): string {
  const sentences = Array.from(
    { length: 12 },
    (_, index) => `In line ${index + 1}, ${subject} waits for whoever comes next, and keeps what was left there.`,
  );
  return `${sentences.slice(0, 6).join(" ")}\n\n- kept: \`${subject}\`\n- lost: nothing\n\n${sentences.slice(6).join(" ")}`;
}
