import { decideSubmission, type ShellCommand } from "@pier/client";
import { sessionActions } from "#lib/session/session-actions.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import type { CommandContext, PageCommand } from "./commands/command.ts";
import { pageCommands, unservedCommands } from "./commands/table.ts";
import type { Composer } from "./composer.svelte.ts";
import type { When } from "./outbox.svelte.ts";
import { notArrived, type Unconfirmed } from "./unconfirmed.ts";

/** Does what a submitted text asks for. */
export class Submitter {
  readonly #composer: Composer;
  /** Shell commands without an answer: they come when the command has ended. */
  readonly #shells = new Set<Unconfirmed>();

  constructor(composer: Composer) {
    this.#composer = composer;
  }

  /** What may not have arrived yet. */
  get unconfirmed(): readonly Unconfirmed[] {
    return [...this.#shells];
  }

  submit(when: When): void {
    const { text: typed, attachments, memory, piCommands } = this.#composer;
    const slash = offeredCommands(this.#composer).map(({ name }) => name);
    const names = piCommands.names;
    const submission = decideSubmission(typed, {
      client: [],
      // pi itself has no /help, so an extension's is the one that is meant.
      slash: slash.filter((name) => name !== "help" || !names?.includes("help")),
      unserved: unservedCommands,
      pi: names,
    });
    const text = typed.trim();
    switch (submission.kind) {
      case "nothing":
        if (attachments.list.length > 0) this.#prompt("", when);
        return;
      case "slash":
        memory.remember(text);
        this.#composer.text = "";
        return this.#run(submission.name, submission.argument, text);
      case "unserved":
        return toasts.say(`/${submission.name} works in pi's own screen only: run pi in a terminal for it.`);
      case "shell":
        return this.#runShell(text, submission);
      case "unknown": {
        const meant = submission.nearest === null ? "" : ` Did you mean /${submission.nearest}?`;
        toasts.say(`pi has no command /${submission.name}, so it goes to the model as text.${meant}`);
        return this.#prompt(text, when);
      }
      case "client":
      case "unknown-client":
      case "prompt":
        return this.#prompt(text, when);
    }
  }

  #prompt(text: string, when: When): void {
    const { attachments, outbox, view } = this.#composer;
    if (attachments.isBusy)
      return toasts.say("Files are still on their way: send when they are there, or take them away.");
    const carried = attachments.take();
    const { model } = view.transcript.live.pi ?? {};
    if (carried.images.length > 0 && model?.input?.includes("image") === false) {
      toasts.say(`${model.id} sees no images: it gets the text alone.`);
    }
    this.#composer.text = "";
    outbox.send({ text, ...carried, when });
  }

  #run(name: string, argument: string, typed: string): void {
    const command = offeredCommands(this.#composer).find((each) => each.name === name);
    if (!command) return;
    void attempt(async () => {
      try {
        await command.run(contextOf(this.#composer), argument);
      } catch (error) {
        // What failed can be mended and sent again.
        if (this.#composer.text === "") this.#composer.text = typed;
        throw error;
      }
    });
  }

  #runShell(typed: string, { command, excludeFromContext }: ShellCommand): void {
    const { view, attachments, memory } = this.#composer;
    const { attachment, transcript } = view;
    if (attachments.list.length > 0) {
      return toasts.say("Files and images cannot go with a shell command: take them away, or write a prompt.", "error");
    }
    if (transcript.live.bash.size > 0) return toasts.say("A shell command runs already: stop it first.", "error");
    memory.remember(typed);
    this.#composer.text = "";
    const sent = { text: `${excludeFromContext ? "!!" : "!"}${command}`, after: transcript.items.at(-1)?.key ?? null };
    this.#shells.add(sent);
    void attempt(async () => {
      try {
        await attachment.bash(command, { excludeFromContext });
      } catch (error) {
        // What the session does not show can be sent again.
        if (notArrived([sent], transcript).length > 0) this.#composer.write(typed);
        throw error;
      } finally {
        this.#shells.delete(sent);
      }
    });
  }
}

/** What commands may use, as it is now. */
export function contextOf(composer: Composer): CommandContext {
  return {
    attachment: composer.view.attachment,
    actions: sessionActions.current,
    say: (text) => toasts.say(text),
  };
}

/** The commands that can work now. */
export function offeredCommands(composer: Composer): readonly PageCommand[] {
  const context = contextOf(composer);
  return pageCommands.filter((command) => command.isOffered?.(context) !== false);
}
