import type { Conversation, ToolResult } from "../chat/read-conversation.ts";
import type { Step } from "../script/step.ts";
import { fence } from "./fence.ts";
import { CODE, CODE_PATH, EDIT, TEST, TEST_COMMAND, TEST_PATH } from "./fizzbuzz-files.ts";
import { SIGNATURE } from "./pages.ts";

/** A little job with real tools: write, test, read, correct, test again, and tell what the tools really said. */
export function buildFizzBuzz({ step, results, request }: Conversation): Step[] {
  const missing = ["write", "bash", "read", "edit"].filter((tool) => !request.tools.includes(tool));
  if (missing.length > 0)
    return [
      {
        text: `I would work here, but this session has no ${missing.join(", ")} tool.\n\n${SIGNATURE}`,
      },
    ];
  const last = results.at(-1);
  const refused = results.find(({ tool, text }) => (tool === "write" || tool === "edit") && !/success/i.test(text));
  if (step > 0 && (last === undefined || refused !== undefined)) return giveUp(refused ?? last);
  if (step === 0) return writeFiles();
  if (step === 1) return runTest("Both files are there. Now the test.");
  const runs = results.filter(({ tool }) => tool === "bash");
  if (step === 2 && readScore(runs[0]) === undefined) return giveUp(runs[0]);
  if (step === 2) return lookCloser(runs[0]);
  if (step === 3) return correct();
  if (step === 4) return runTest("Corrected. Once more.");
  return summarise(runs);
}

const writeFiles = (): Step[] => [
  { text: `I will write a small **FizzBuzz** and a test for it, both in \`demo/\`.` },
  { tool: "write", args: { path: CODE_PATH, content: CODE } },
  { tool: "write", args: { path: TEST_PATH, content: TEST } },
];

const runTest = (text: string): Step[] => [{ text }, { tool: "bash", args: { command: TEST_COMMAND } }];

const lookCloser = (run: ToolResult | undefined): Step[] => [
  { text: `The test says **${readScore(run)?.text ?? "nothing"}**. I look at the code again.` },
  { tool: "read", args: { path: CODE_PATH } },
];

const correct = (): Step[] => [
  {
    text: "15 is divisible by 3, so `Fizz` is returned before `FizzBuzz` is ever tried. The widest case must come first.",
  },
  { tool: "edit", args: { path: CODE_PATH, edits: [EDIT] } },
];

const giveUp = (result: ToolResult | undefined): Step[] => [
  {
    text: `I stop here, for the \`${result?.tool ?? "last"}\` tool did not do what I hoped. It said:

${fence(result?.text ?? "(nothing)")}

${SIGNATURE}`,
  },
];

function summarise(runs: readonly ToolResult[]): Step[] {
  const scores = runs.map(readScore);
  const [first, second] = scores;
  const good = second !== undefined && second.passed === second.total;
  return [
    {
      text: `## ${good ? "Done" : "Not done"}: ${second?.text ?? "the last test said nothing"}

| run | result |
| --- | --- |
| as written | ${first?.text ?? "no result"} |
| corrected | ${second?.text ?? "no result"} |

The last run printed:

${fence(runs.at(-1)?.text ?? "(nothing)")}

- [\`${CODE_PATH}\`](${CODE_PATH}): the order of its conditions is corrected
- [\`${TEST_PATH}\`](${TEST_PATH}): run it with \`${TEST_COMMAND}\`

${SIGNATURE}`,
    },
  ];
}

function readScore(run: ToolResult | undefined): { passed: number; total: number; text: string } | undefined {
  const score = /(\d+) of (\d+) passed/.exec(run?.text ?? "");
  return score === null ? undefined : { passed: Number(score[1]), total: Number(score[2]), text: score[0] };
}
