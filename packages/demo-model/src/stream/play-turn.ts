import type { Usage, Output } from "../chat/estimate-usage.ts";
import { encodeUsage, estimateUsage } from "../chat/estimate-usage.ts";
import type { Conversation } from "../chat/read-conversation.ts";
import type { DropStep, FinishReason, Step, Turn } from "../script/step.ts";
import type { Gates } from "../server/gates.ts";
import type { CompletionStream } from "./completion-stream.ts";
import { cutText } from "./cut-text.ts";
import type { Delta } from "./delta.ts";
import { echo } from "./echo.ts";
import { pause } from "./pause.ts";

export interface Stage {
  stream: CompletionStream;
  conversation: Conversation;
  gates: Gates;
  /** Aborted when the client leaves. */
  signal: AbortSignal;
  /** Milliseconds between deltas where the step says nothing. */
  delayMs: number;
  /** The step at which the connection is to be cut, if any. */
  drop?: DropStep | undefined;
}

interface Progress extends Output {
  toolCalls: number;
  /** Words streamed by `tokens` steps. */
  words: number;
  finish?: FinishReason;
  usage?: Partial<Usage>;
}

/** Streams one assistant message; returns false when it was cut. */
export async function playTurn(turn: Turn, stage: Stage): Promise<boolean> {
  const progress: Progress = { chars: 0, thinkingChars: 0, toolCalls: 0, words: 0 };
  await stage.stream.start();
  for (const step of turn) {
    if (step === stage.drop) {
      stage.stream.drop();
      return false;
    }
    await playStep(step, stage, progress);
  }
  const usage = { ...estimateUsage(stage.conversation, progress), ...progress.usage };
  const finish = progress.finish ?? (progress.toolCalls > 0 ? "tool_calls" : "stop");
  await stage.stream.finish(finish, encodeUsage(usage));
  return true;
}

async function playStep(step: Step, stage: Stage, progress: Progress): Promise<void> {
  if ("think" in step) await speak(cutText(step.think, step.size), true, step.delay, stage, progress);
  else if ("text" in step) await speak(cutText(step.text, step.size), false, step.delay, stage, progress);
  else if ("echo" in step) await speak(cutText(echo(step.echo, stage.conversation)), false, 0, stage, progress);
  else if ("tokens" in step) {
    const words = countedWords(step.tokens, step.size ?? 1, progress);
    await speak(words, step.thinking === true, step.delay, stage, progress);
  } else if ("tool" in step) await callTool(step, stage, progress);
  else if ("slow" in step) await pause(step.slow, stage.signal);
  else if ("gate" in step) await stage.gates.pass(step.gate, stage.signal);
  else if ("hang" in step) await stage.gates.pass("hang", stage.signal);
  else if ("usage" in step) progress.usage = { cacheRead: 0, ...step.usage };
  else if ("finish" in step) progress.finish = step.finish;
}

async function speak(
  pieces: Iterable<string>,
  thinking: boolean,
  delay: number | undefined,
  stage: Stage,
  progress: Progress,
): Promise<void> {
  for (const piece of pieces) {
    await sendPaced(thinking ? { reasoning_content: piece } : { content: piece }, delay, stage);
    progress[thinking ? "thinkingChars" : "chars"] += piece.length;
  }
}

async function callTool(
  { tool, args = {}, size = 48, delay }: Extract<Step, { tool: string }>,
  stage: Stage,
  progress: Progress,
): Promise<void> {
  const index = progress.toolCalls;
  progress.toolCalls += 1;
  // Clients keep tool calls by id, so it must differ between the messages of a session.
  const id = `call_${stage.conversation.key.slice(0, 16)}_${index}`;
  const json = JSON.stringify(args);
  await stage.stream.send({
    tool_calls: [{ index, id, type: "function", function: { name: tool, arguments: "" } }],
  });
  for (const piece of cutText(json, size)) {
    await sendPaced({ tool_calls: [{ index, function: { arguments: piece } }] }, delay, stage);
  }
  progress.chars += tool.length + json.length;
}

async function sendPaced(delta: Delta, delay: number | undefined, { stream, delayMs, signal }: Stage): Promise<void> {
  await stream.send(delta);
  await pause(delay ?? delayMs, signal);
}

function* countedWords(deltas: number, size: number, progress: Progress): Generator<string> {
  for (let delta = 0; delta < deltas; delta += 1) {
    let piece = "";
    for (let word = 0; word < size; word += 1) {
      piece += `w${progress.words} `;
      progress.words += 1;
    }
    yield piece;
  }
}
