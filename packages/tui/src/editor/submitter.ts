import { decideSubmission, type KnownCommands, type ShellCommand } from "@pier/client";
import type { ClientCommand, CommandContext } from "../commands/command.ts";
import { failureOf, runCommand } from "../commands/run-command.ts";
import { doubleSlashCommands, slashCommands, unservedCommands } from "../commands/slash/index.ts";
import { attachImages } from "./images/attach-images.ts";
import { imageReferences } from "./images/image-references.ts";
import type { Outbox } from "./outbox.ts";

export interface SubmitterOptions {
  context: CommandContext;
  outbox: Outbox;
  /** Names that pi knows behind a slash; null while they are not known. */
  readonly piCommands: () => readonly string[] | null;
  readonly remember: (text: string) => void;
  /** Puts a text back that came to nothing. */
  readonly restore: (text: string) => void;
}

/** Does what a submitted text asks for. */
export class Submitter {
  readonly #options: SubmitterOptions;

  constructor(options: SubmitterOptions) {
    this.#options = options;
  }

  /** @param when for text to the model, while a turn runs */
  async submit(text: string, when: "now" | "later" = "now"): Promise<void> {
    const { context, remember } = this.#options;
    const submission = decideSubmission(text, this.#known());
    switch (submission.kind) {
      case "nothing":
        return;
      case "client":
        return this.#run(doubleSlashCommands, submission);
      case "slash":
        return this.#run(slashCommands, submission);
      case "unknown-client":
        remember(text);
        return context.say(
          `There is no //${submission.name}: ${submission.nearest === null ? "//help lists what there is" : `did you mean //${submission.nearest}?`}`,
          "error",
        );
      case "unserved":
        return context.say(
          `/${submission.name} works in pi's own screen only: run \`pi\`${context.machine === null ? "" : ` on ${context.machine}`} for it.`,
          "warning",
        );
      case "unknown":
        return this.#ask(text, submission, when);
      case "shell":
        remember(text);
        return this.#runShell(text, submission);
      case "prompt":
        remember(text);
        return this.prompt(submission.text, when);
    }
  }

  /** Sends text to the model, with the images of this machine that it names. */
  async prompt(text: string, when: "now" | "later"): Promise<void> {
    const { context, outbox, restore } = this.#options;
    if (imageReferences(text).length === 0) return outbox.send({ text, typed: text, images: [], when });
    const { info, live } = context.attachment.transcript;
    try {
      const prompt = await attachImages(text, { folder: context.machine === null ? (info?.cwd ?? null) : null });
      if (prompt.images.length > 0 && live.pi?.model?.input?.includes("image") === false) {
        context.say(`${live.pi.model.id} sees no images: it gets the text alone.`, "warning");
      }
      outbox.send({ ...prompt, typed: text, when });
    } catch (error) {
      context.say(failureOf(error), "error");
      restore(text);
    }
  }

  #known(): KnownCommands {
    const pi = this.#options.piCommands();
    return {
      client: doubleSlashCommands.map(({ name }) => name),
      // pi itself has no /help, so an extension's is the one that is meant.
      slash: slashCommands.map(({ name }) => name).filter((name) => name !== "help" || !pi?.includes("help")),
      unserved: unservedCommands,
      pi,
    };
  }

  #run(table: readonly ClientCommand[], { name, argument }: { name: string; argument: string }): Promise<void> {
    const { context } = this.#options;
    const command = table.find((each) => each.name === name);
    if (!command) return Promise.resolve();
    return runCommand(command, context, argument);
  }

  async #ask(
    text: string,
    { name, nearest }: { name: string; nearest: string | null },
    when: "now" | "later",
  ): Promise<void> {
    const { context, remember, restore } = this.#options;
    remember(text);
    const send = await context.confirm({
      title: `There is no command /${name}.${nearest === null ? "" : ` Did you mean /${nearest}?`}`,
      message: "Send it to the model as text?",
    });
    if (send) await this.prompt(text, when);
    else restore(text);
  }

  async #runShell(text: string, { command, excludeFromContext }: ShellCommand): Promise<void> {
    const { context, restore } = this.#options;
    const { attachment } = context;
    if (attachment.transcript.live.bash.size > 0) {
      context.say("A shell command runs already: Esc stops it.", "warning");
      return restore(text);
    }
    try {
      await attachment.bash(command, { excludeFromContext });
    } catch (error) {
      context.say(failureOf(error, attachment.transcript.info?.piVersion), "error");
    }
  }
}
