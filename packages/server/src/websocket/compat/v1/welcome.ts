import { type Attached, jsonElements, jsonMembers, type PiState, rawMember } from "@pier/protocol";
import { catchUp } from "./catch-up.ts";
import { protocolVersion } from "./codes.ts";
import type { Numbered } from "./translate-frame.ts";

export interface WelcomeInput {
  serverId: string;
  /** The whole transcript, as an `attached` frame of version 2. */
  attached: string;
  /** The data of pi's `get_state` as pi wrote it; undefined when pi did not answer. */
  state: string | undefined;
  /** The last seq of the client's earlier connection. */
  lastSeq: number | undefined;
}

export interface Welcome {
  frame: string;
  /** Later frames are numbered from the one after this. */
  currentSeq: number;
  /** What follows at once. */
  following: Numbered[];
}

/** Builds the `welcome` of a client. Messages pass through as pi wrote them. */
export function buildWelcome({ serverId, attached, state, lastSeq }: WelcomeInput): Welcome {
  const raw = new Map(jsonMembers(attached).map(({ key, valueStart, end }) => [key, attached.slice(valueStart, end)]));
  const member = <K extends keyof Attached>(key: K): Attached[K] => JSON.parse(raw.get(key) ?? "null") as Attached[K];
  const { running, pi } = member("state");
  const messages = jsonElements(raw.get("messages") ?? "").flatMap(message);
  // The place in the journal grows from connection to connection; a number that the client has seen is not given again.
  const currentSeq = Math.max(member("seq"), lastSeq ?? 0);
  const head = JSON.stringify({ type: "welcome", protocolVersion, serverId });
  return {
    frame: `${head.slice(0, -1)},"sessionState":${state ?? known(pi, running)},"messages":[${messages.join(",")}],"currentSeq":${currentSeq}}`,
    currentSeq,
    following: catchUp(
      {
        tail: member("tail") ?? [],
        dialogs: member("dialogs"),
        statuses: member("statuses"),
        widgets: member("widgets"),
        title: member("title"),
      },
      running,
      lastSeq !== undefined,
    ),
  };
}

/** An entry that this version of Pier does not know is no message of pi's. */
function message(item: string): string[] {
  const text = rawMember(item, "message") ?? "null";
  return text.startsWith('{"role":"entry"') ? [] : [text];
}

/** What was known of pi's state last, for a pi that does not answer. */
function known(pi: PiState | null, running: boolean): string {
  return JSON.stringify({ ...pi, isStreaming: running });
}
