import type { AgentMessage, Elided, ToolResultMessage, TranscriptItem } from "@pier/protocol";

/** A text of a finished message that came shortened. */
export interface ElidedBody {
  body: Elided & { href: string };
  /** Whose it is: `bash`, `answer`. */
  of: string;
}

/** All of a transcript that can be fetched in full, the latest first. */
export function elidedBodies(items: readonly TranscriptItem[]): ElidedBody[] {
  return items
    .flatMap(({ message }) => [...elidedIn(message)].map((body) => ({ body, of: ownerOf(message) })))
    .toReversed();
}

function* elidedIn(value: unknown): Generator<Elided & { href: string }> {
  if (typeof value !== "object" || value === null) return;
  if (isElided(value)) yield value;
  else for (const member of Object.values(value)) yield* elidedIn(member);
}

function isElided(value: object): value is Elided & { href: string } {
  const { elided, href, bytes, head } = value as Partial<Elided>;
  return elided === true && typeof href === "string" && typeof bytes === "number" && typeof head === "string";
}

function ownerOf(message: AgentMessage): string {
  switch (message.role) {
    case "toolResult":
      return (message as ToolResultMessage).toolName;
    case "bashExecution":
      return "shell";
    case "assistant":
      return "answer";
    case "user":
      return "message";
    default:
      return message.role;
  }
}
