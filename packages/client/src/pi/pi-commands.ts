import type { CommandType, ImageContent, Payload } from "@pier/protocol";
import type { PiReplies } from "./pi-replies.ts";

export interface CommandOptions {
  /** Ends the wait for the reply; what was sent already is not taken back. */
  signal?: AbortSignal;
}

export interface SteerOptions extends CommandOptions {
  images?: readonly ImageContent[];
}

export interface PromptOptions extends SteerOptions {
  /** What to do with the prompt while a turn runs; without it pi refuses the prompt then. */
  streamingBehavior?: "steer" | "followUp";
  /** Ids of files that were uploaded to the session: pi is told where they lie. */
  uploads?: readonly string[];
}

/** How many queued messages are delivered at once. */
export type QueueMode = "all" | "one-at-a-time";

type Reply<T extends CommandType> = Promise<PiReplies[T]>;

/** A method for every command of pi's RPC (its `docs/rpc-commands.md`). Each resolves with the reply's `data`. */
export abstract class PiCommands {
  /** Sends any command; the methods below are this with names and types. */
  abstract command(payload: Payload, options?: CommandOptions): Promise<unknown>;

  /** Text for the model; resolves when it is accepted, long before the answer ends. */
  prompt(text: string, { images, streamingBehavior, uploads, ...options }: PromptOptions = {}): Reply<"prompt"> {
    return this.#send({ type: "prompt", message: text, images, streamingBehavior, pier_upload_ids: uploads }, options);
  }

  /** Text that is delivered when the tool calls of the present step are done. */
  steer(text: string, { images, ...options }: SteerOptions = {}): Reply<"steer"> {
    return this.#send({ type: "steer", message: text, images }, options);
  }

  /** Text that is delivered when the turn ends. */
  followUp(text: string, { images, ...options }: SteerOptions = {}): Reply<"follow_up"> {
    return this.#send({ type: "follow_up", message: text, images }, options);
  }

  /** Stops the turn; resolves when it has stopped. */
  abort(options?: CommandOptions): Reply<"abort"> {
    return this.#send({ type: "abort" }, options);
  }

  /** Takes back what is queued and resolves with its text. Since pi 0.84.4. */
  clearQueue(options?: CommandOptions): Reply<"clear_queue"> {
    return this.#send({ type: "clear_queue" }, options);
  }

  /** Begins another conversation in this session. */
  newSession(parentSession?: string, options?: CommandOptions): Reply<"new_session"> {
    return this.#send({ type: "new_session", parentSession }, options);
  }

  /** Asks for pi's state; `transcript.live.pi` has it already. */
  getState(options?: CommandOptions): Reply<"get_state"> {
    return this.#send({ type: "get_state" }, options);
  }

  /** Asks for all messages in full, however many; a transcript's items come in pages. */
  getMessages(options?: CommandOptions): Reply<"get_messages"> {
    return this.#send({ type: "get_messages" }, options);
  }

  /** Chooses a model. */
  setModel(provider: string, modelId: string, options?: CommandOptions): Reply<"set_model"> {
    return this.#send({ type: "set_model", provider, modelId }, options);
  }

  /** Chooses the next model; null when there is only one. */
  cycleModel(options?: CommandOptions): Reply<"cycle_model"> {
    return this.#send({ type: "cycle_model" }, options);
  }

  /** Lists the models that can be chosen. */
  getAvailableModels(options?: CommandOptions): Reply<"get_available_models"> {
    return this.#send({ type: "get_available_models" }, options);
  }

  /** Chooses how much the model thinks. */
  setThinkingLevel(level: string, options?: CommandOptions): Reply<"set_thinking_level"> {
    return this.#send({ type: "set_thinking_level", level }, options);
  }

  /** Chooses the next thinking level; null when the model does not think. */
  cycleThinkingLevel(options?: CommandOptions): Reply<"cycle_thinking_level"> {
    return this.#send({ type: "cycle_thinking_level" }, options);
  }

  /** Lists the thinking levels of the present model. Since pi 0.81.0. */
  getAvailableThinkingLevels(options?: CommandOptions): Reply<"get_available_thinking_levels"> {
    return this.#send({ type: "get_available_thinking_levels" }, options);
  }

  /** Chooses how steering messages are delivered. */
  setSteeringMode(mode: QueueMode, options?: CommandOptions): Reply<"set_steering_mode"> {
    return this.#send({ type: "set_steering_mode", mode }, options);
  }

  /** Chooses how follow-up messages are delivered. */
  setFollowUpMode(mode: QueueMode, options?: CommandOptions): Reply<"set_follow_up_mode"> {
    return this.#send({ type: "set_follow_up_mode", mode }, options);
  }

  /** Summarises the conversation so far; resolves when that is done. */
  compact(customInstructions?: string, options?: CommandOptions): Reply<"compact"> {
    return this.#send({ type: "compact", customInstructions }, options);
  }

  /** Chooses whether a nearly full context is compacted by itself. */
  setAutoCompaction(enabled: boolean, options?: CommandOptions): Reply<"set_auto_compaction"> {
    return this.#send({ type: "set_auto_compaction", enabled }, options);
  }

  /** Chooses whether passing errors of a provider are retried. */
  setAutoRetry(enabled: boolean, options?: CommandOptions): Reply<"set_auto_retry"> {
    return this.#send({ type: "set_auto_retry", enabled }, options);
  }

  /** Ends the wait for a retry. */
  abortRetry(options?: CommandOptions): Reply<"abort_retry"> {
    return this.#send({ type: "abort_retry" }, options);
  }

  /** Runs a shell command; resolves when it ended. */
  bash(
    command: string,
    { excludeFromContext, ...options }: CommandOptions & { excludeFromContext?: boolean } = {},
  ): Reply<"bash"> {
    return this.#send({ type: "bash", command, excludeFromContext }, options);
  }

  /** Stops the shell command that runs. */
  abortBash(options?: CommandOptions): Reply<"abort_bash"> {
    return this.#send({ type: "abort_bash" }, options);
  }

  /** Asks for tokens, cost and use of the context. */
  getSessionStats(options?: CommandOptions): Reply<"get_session_stats"> {
    return this.#send({ type: "get_session_stats" }, options);
  }

  /** Writes the session to an HTML file on the daemon's machine. */
  exportHtml(outputPath?: string, options?: CommandOptions): Reply<"export_html"> {
    return this.#send({ type: "export_html", outputPath }, options);
  }

  /** Loads another session file in this session. */
  switchSession(sessionPath: string, options?: CommandOptions): Reply<"switch_session"> {
    return this.#send({ type: "switch_session", sessionPath }, options);
  }

  /** Goes on from before an earlier message of the user, whose text it resolves with. */
  fork(entryId: string, options?: CommandOptions): Reply<"fork"> {
    return this.#send({ type: "fork", entryId }, options);
  }

  /** Goes on in a copy of the conversation. */
  clone(options?: CommandOptions): Reply<"clone"> {
    return this.#send({ type: "clone" }, options);
  }

  /** Lists the messages that `fork` takes. */
  getForkMessages(options?: CommandOptions): Reply<"get_fork_messages"> {
    return this.#send({ type: "get_fork_messages" }, options);
  }

  /** Lists the entries of the session file, or those after one. Since pi 0.80.3. */
  getEntries(since?: string, options?: CommandOptions): Reply<"get_entries"> {
    return this.#send({ type: "get_entries", since }, options);
  }

  /** Asks for the session file as a tree. Since pi 0.80.3. */
  getTree(options?: CommandOptions): Reply<"get_tree"> {
    return this.#send({ type: "get_tree" }, options);
  }

  /** Asks for the text of the last answer. */
  getLastAssistantText(options?: CommandOptions): Reply<"get_last_assistant_text"> {
    return this.#send({ type: "get_last_assistant_text" }, options);
  }

  /** Names the session. */
  setSessionName(name: string, options?: CommandOptions): Reply<"set_session_name"> {
    return this.#send({ type: "set_session_name", name }, options);
  }

  /** Lists what a prompt may begin with after a slash. */
  getCommands(options?: CommandOptions): Reply<"get_commands"> {
    return this.#send({ type: "get_commands" }, options);
  }

  #send<T extends CommandType>(payload: { type: T; [member: string]: unknown }, options?: CommandOptions): Reply<T> {
    return this.command(payload, options) as Reply<T>;
  }
}
