import { readableError } from "@pier/client/messages";
import type { SessionInfo } from "@pier/protocol";

/** Why a session needs somebody, in words; empty when it does not. */
export function needText({ attention, lastExit, preview }: SessionInfo): string {
  const text = attention?.text ?? "";
  switch (attention?.reason) {
    case "error":
      return lastExit ? text : `Model request failed: ${readableError(text) || "no reason was given"}`;
    case "question":
      return text === "" ? "It waits for an answer." : text;
    case "finished":
      return preview ?? "The turn is done.";
    case undefined:
      return "";
  }
}
