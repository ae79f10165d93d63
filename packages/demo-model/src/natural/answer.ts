import type { Conversation } from "../chat/read-conversation.ts";
import type { Step, Turn } from "../script/step.ts";
import { buildFizzBuzz } from "./build-fizzbuzz.ts";
import { greet } from "./greet.ts";
import { readIntent } from "./intent.ts";
import type { Intent } from "./intent.ts";
import { listFiles } from "./list-files.ts";
import * as page from "./pages.ts";

/** What the demo model says and does next for a person who wrote no script. */
export function answer(conversation: Conversation): Turn {
  const intent = readIntent(conversation.prompt);
  const steps = ANSWERS[intent](conversation);
  const thought = THOUGHTS[intent];
  const thinks = conversation.thinking && conversation.step === 0 && thought !== undefined;
  return thinks ? [{ think: thought }, ...steps] : steps;
}

const ANSWERS: Record<Intent, (conversation: Conversation) => Step[]> = {
  greet,
  help: () => [{ text: page.HELP }],
  continue: () => [{ text: page.CONTINUE }],
  markdown: () => [{ text: page.MARKDOWN }],
  table: () => [{ text: page.TABLE }],
  math: () => [{ text: page.MATH }],
  diagram: () => [{ text: page.DIAGRAM }],
  long: () => [{ text: page.longPage() }],
  slow: () => ["One. ", "Two. ", "Three. ", page.SLOW].flatMap((text) => [{ text }, { slow: 1000 }]).slice(0, -1),
  error: () => [{ http: 529, times: 1 }, { text: page.ERROR }],
  think: ({ thinking }) =>
    thinking ? [{ think: page.LONG_THOUGHT }, { text: page.THOUGHT }] : [{ text: page.NO_THOUGHT }],
  files: listFiles,
  build: buildFizzBuzz,
};

const THOUGHTS: Partial<Record<Intent, string>> = {
  greet: "No keyword I know, so I say hello and show what I can do. I am a script, after all.",
  help: "They want to know what I can do. A list will serve best.",
  markdown: "Everything a renderer has to cope with, in one short page.",
  table: "A table with alignment, code and an escaped bar.",
  math: "Inline first, then a display formula.",
  diagram: "A small flow chart of where this very reply comes from.",
  long: "A long page, so that scrolling and following can be tried.",
  files: "I look at the folder with a real command instead of guessing.",
  build:
    "A small job with real tools: write FizzBuzz with a classic mistake, let its test find it, correct it, test again. " +
    "I stay in the `demo` folder.",
};
