import { parseShellCommand } from "@pier/protocol/runtime";
import { nearest } from "./nearest.ts";

/** What a submitted text does. */
export type Submission =
  | { kind: "nothing" }
  /** `//name`, a command of this client. */
  | { kind: "client"; name: string; argument: string }
  | { kind: "unknown-client"; name: string; nearest: string | null }
  /** `/name`, a command of pi that this client serves. */
  | { kind: "slash"; name: string; argument: string }
  /** A command of pi that works in its own screen only. */
  | { kind: "unserved"; name: string }
  /** What looks like a command and is none. */
  | { kind: "unknown"; name: string; nearest: string | null }
  | { kind: "shell"; command: string; excludeFromContext: boolean }
  | { kind: "prompt"; text: string };

/** What can be named behind slashes. */
export interface KnownCommands {
  client: readonly string[];
  slash: readonly string[];
  unserved: readonly string[];
  /** pi's commands of extensions, templates and skills; null while they are not known. */
  pi: readonly string[] | null;
}

/** Decides what a text does; nothing is done yet. */
export function decideSubmission(submitted: string, known: KnownCommands): Submission {
  const text = submitted.trim();
  if (text === "") return { kind: "nothing" };
  // A comment, "// like this", is text.
  const client = /^\/\/(?:([\w-]+)(?:\s+([\s\S]*))?)?$/.exec(text);
  if (client) return clientSubmission(client[1] ?? "", client[2]?.trim() ?? "", known);
  const slash = /^\/(\S+)(?:\s+([\s\S]*))?$/.exec(text);
  if (slash) return slashSubmission(text, slash[1] ?? "", slash[2]?.trim() ?? "", known);
  const shell = parseShellCommand(text);
  if (shell) return { kind: "shell", ...shell };
  return { kind: "prompt", text };
}

function clientSubmission(name: string, argument: string, { client }: KnownCommands): Submission {
  if (client.includes(name)) return { kind: "client", name, argument };
  return { kind: "unknown-client", name, nearest: nearest(name, client) };
}

function slashSubmission(text: string, name: string, argument: string, known: KnownCommands): Submission {
  const { slash, pi, unserved } = known;
  // As in pi, its own commands come before those of extensions with the same name.
  if (slash.includes(name)) return { kind: "slash", name, argument };
  if (pi?.includes(name)) return { kind: "prompt", text };
  if (unserved.includes(name)) return { kind: "unserved", name };
  // Commands have no further slash and no dot at their end: /etc/hosts and /tmp. are places.
  if (pi === null || !/^[\w-]+(?::[\w-]+)*$/.test(name)) return { kind: "prompt", text };
  return { kind: "unknown", name, nearest: nearest(name, [...slash, ...pi]) };
}
