import type { ServerResponse } from "node:http";
import { parseChatRequest } from "../chat/parse-request.ts";
import { readConversation } from "../chat/read-conversation.ts";
import type { Conversation } from "../chat/read-conversation.ts";
import { answerSummary, isSummaryRequest, parseSummaryScript } from "../chat/side-request.ts";
import { answer } from "../natural/answer.ts";
import { parseScript } from "../script/parse-script.ts";
import type { ParsedScript } from "../script/parse-script.ts";
import type { Turn } from "../script/step.ts";
import { CompletionStream } from "../stream/completion-stream.ts";
import { playTurn } from "../stream/play-turn.ts";
import type { Attempts } from "./attempts.ts";
import type { Gates } from "./gates.ts";
import { HttpError } from "./http-error.ts";

export interface Model {
  gates: Gates;
  attempts: Attempts;
  /** Milliseconds between the deltas of an unscripted reply. */
  stepDelayMs: number;
}

/**
 * Answers one chat-completions request; resolves with what became of it.
 * @throws {HttpError} when the request, its script or the script's wish says so.
 */
export async function handleCompletion(
  body: unknown,
  response: ServerResponse,
  signal: AbortSignal,
  { gates, attempts, stepDelayMs }: Model,
): Promise<"finished" | "dropped"> {
  const conversation = readConversation(parseChatRequest(body));
  const { turn, scripted } = chooseTurn(conversation);
  const failure = attempts.next(conversation.key, turn);
  if (failure !== undefined && "http" in failure) throw scriptedError(failure.http, failure.message);
  const id = `chatcmpl-demo-${conversation.key.slice(0, 16)}`;
  const stream = new CompletionStream(response, signal, id, conversation.request.model);
  const delayMs = scripted ? 0 : stepDelayMs;
  const finished = await playTurn(turn, {
    stream,
    conversation,
    gates,
    signal,
    delayMs,
    drop: failure,
  });
  return finished ? "finished" : "dropped";
}

function chooseTurn(conversation: Conversation): { turn: Turn; scripted: boolean } {
  const summary = isSummaryRequest(conversation);
  const parsed: ParsedScript = summary ? parseSummaryScript(conversation) : parseScript(conversation.prompt);
  if (parsed.kind === "invalid") {
    throw new HttpError(400, "invalid_script", `Cannot play demo script: ${parsed.reason}`);
  }
  if (parsed.kind === "script") {
    return {
      turn: parsed.turns[conversation.step] ?? [{ text: "The demo script is over." }],
      scripted: true,
    };
  }
  return summary
    ? { turn: answerSummary(conversation), scripted: true }
    : { turn: answer(conversation), scripted: false };
}

function scriptedError(status: number, message?: string): HttpError {
  const code = status === 529 ? "overloaded_error" : status === 429 ? "rate_limit_error" : "scripted_error";
  return new HttpError(status, code, message ?? `The demo model was asked to fail with HTTP ${status} (${code})`);
}
