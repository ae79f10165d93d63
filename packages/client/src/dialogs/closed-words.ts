import type { ExtensionUiResolved } from "@pier/protocol";

/** A question that was closed, and why. */
export type Closed = Pick<ExtensionUiResolved, "id" | "reason">;

/** What is said of a question that was closed, but not by an answer from here. */
export const closedWords: Record<Closed["reason"], string> = {
  answered: "Answered elsewhere.",
  expired: "Nobody answered in time: the default was taken.",
  gone: "The question was withdrawn.",
};
