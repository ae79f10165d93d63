import type { Scope } from "./scopes.ts";

/**
 * What a command of pi's RPC does, as far as a relay must know.
 *
 * - `prompt`: text for the model; accepted on disk, delivered exactly once.
 * - `read`: asks only; may be sent again after a lost connection.
 * - `change`: alters the state that `get_state` shows.
 * - `switch`: another conversation takes the place of this one in the same process.
 * - `bash`: a direct shell command, shown to every client.
 * - `act`: anything else.
 */
export type CommandEffect = "prompt" | "read" | "change" | "switch" | "bash" | "act";

export interface CommandSpec {
  readonly effect: CommandEffect;
  readonly scope: Scope;
  /** The first pi version that knows the command; absent when every supported one does. */
  readonly since?: string;
}

/** pi's RPC commands (its `docs/rpc-commands.md`, 0.74 to 1.5). Commands that are not listed pass through as `act`. */
export const commands = {
  prompt: { effect: "prompt", scope: "prompt" },
  steer: { effect: "prompt", scope: "prompt" },
  follow_up: { effect: "prompt", scope: "prompt" },
  abort: { effect: "act", scope: "prompt" },
  clear_queue: { effect: "act", scope: "prompt", since: "0.84.4" },
  new_session: { effect: "switch", scope: "prompt" },
  get_state: { effect: "read", scope: "read" },
  get_messages: { effect: "read", scope: "read" },
  set_model: { effect: "change", scope: "prompt" },
  cycle_model: { effect: "change", scope: "prompt" },
  get_available_models: { effect: "read", scope: "read" },
  set_thinking_level: { effect: "change", scope: "prompt" },
  cycle_thinking_level: { effect: "change", scope: "prompt" },
  get_available_thinking_levels: { effect: "read", scope: "read", since: "0.81.0" },
  set_steering_mode: { effect: "change", scope: "prompt" },
  set_follow_up_mode: { effect: "change", scope: "prompt" },
  compact: { effect: "change", scope: "prompt" },
  set_auto_compaction: { effect: "change", scope: "prompt" },
  set_auto_retry: { effect: "change", scope: "prompt" },
  abort_retry: { effect: "act", scope: "prompt" },
  bash: { effect: "bash", scope: "prompt" },
  abort_bash: { effect: "act", scope: "prompt" },
  get_session_stats: { effect: "read", scope: "read" },
  export_html: { effect: "act", scope: "prompt" },
  switch_session: { effect: "switch", scope: "admin" },
  fork: { effect: "switch", scope: "prompt" },
  clone: { effect: "switch", scope: "prompt" },
  get_fork_messages: { effect: "read", scope: "read" },
  get_entries: { effect: "read", scope: "read", since: "0.80.3" },
  get_tree: { effect: "read", scope: "read", since: "0.80.3" },
  get_last_assistant_text: { effect: "read", scope: "read" },
  set_session_name: { effect: "change", scope: "prompt" },
  get_commands: { effect: "read", scope: "read" },
} as const satisfies Record<string, CommandSpec>;

export type CommandType = keyof typeof commands;

const unlisted: CommandSpec = { effect: "act", scope: "prompt" };

/** The spec of a command type, also of one this version of Pier does not know. */
export function commandSpec(type: string): CommandSpec {
  return Object.hasOwn(commands, type) ? commands[type as CommandType] : unlisted;
}
