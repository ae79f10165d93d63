import { type Attachment, type Change, joinTexts, PiCommandList, promptsOf } from "@pier/client";
import type { CommandContext } from "../commands/command.ts";
import { counted } from "../commands/format.ts";
import { failureOf } from "../commands/run-command.ts";
import { doubleSlashCommands, slashCommands } from "../commands/slash/index.ts";
import { limits } from "../limits.ts";
import type { Screen } from "../screen/screen.ts";
import { borderRole } from "./border-role.ts";
import { readClipboard } from "./clipboard.ts";
import { PromptCompletion, type SearchFiles } from "./completion/prompt-completion.ts";
import { editOutside } from "./external-editor.ts";
import { KeptImages } from "./kept-images.ts";
import { keyHandlers } from "./key-handlers.ts";
import { Outbox, type Outgoing } from "./outbox.ts";
import { PromptEditor } from "./prompt-editor.ts";
import { restoreQueue } from "./stop.ts";
import { Submitter } from "./submitter.ts";
import { suspend } from "./suspend.ts";

export interface ComposerOptions {
  screen: Screen;
  context: CommandContext;
  searchFiles: SearchFiles;
  /** Shows a text as waiting until the promise is settled. */
  readonly track: (text: string, accepted: Promise<unknown>) => void;
}

/** The side of the client where a person writes: the editor, its keys and completions, and what becomes of a text. */
export class Composer {
  readonly editor: PromptEditor;
  readonly #context: CommandContext;
  readonly #screen: Screen;
  readonly #outbox: Outbox;
  readonly #submitter: Submitter;
  readonly #piCommands: PiCommandList;
  readonly #images = new KeptImages();
  /** What was being typed in sessions that are not shown now. */
  readonly #drafts = new Map<string, string>();
  #session: string;

  constructor({ screen, context, searchFiles, track }: ComposerOptions) {
    const { attachment, view } = context;
    this.#context = context;
    this.#screen = screen;
    this.#session = attachment.session;
    this.#piCommands = new PiCommandList(attachment);
    this.#outbox = new Outbox({
      attachment,
      track,
      onFailed: (outgoing, error, session) => this.#onFailed(outgoing, error, session),
    });
    this.#submitter = new Submitter({
      context,
      outbox: this.#outbox,
      piCommands: () => this.#piCommands.names,
      remember: (text) => this.editor.addToHistory(text),
      restore: (text) => this.#restore(text),
    });
    this.editor = new PromptEditor(screen, {
      theme: view.theme.editor,
      keys: context.keys,
      handlers: keyHandlers({
        context,
        editor: () => this.editor,
        submitLater: () => this.#submitLater(),
        dequeue: () => this.#dequeue(),
        writeOutside: () => this.#writeOutside(),
        paste: () => this.#paste(),
        suspend: () => suspend({ lend: () => this.#lend() }),
        now: () => performance.now(),
      }),
      onProblem: (sentence) => context.say(sentence, "error"),
    });
    this.editor.borderColor = (text) =>
      view.theme.fg(borderRole(this.editor.getText(), context.attachment.transcript.live.pi?.thinkingLevel), text);
    this.editor.onSubmit = (text) => this.#submit(text, "now");
    this.editor.setAutocompleteProvider(
      new PromptCompletion({
        commands: (mark) =>
          (mark === "/" ? slashCommands : doubleSlashCommands).filter(
            (command) => command.isOffered?.(context) !== false,
          ),
        piCommands: () => this.#piCommands.get(),
        complete: async (command, prefix) => (await command.complete?.(prefix, context)) ?? [],
        searchFiles,
      }),
    );
    this.#fillHistory();
  }

  /** How many prompts would be lost if this program ended now. */
  get unsent(): number {
    return this.#outbox.unsent;
  }

  /** Sends text as if it had been typed. */
  send(text: string, when: "now" | "later"): void {
    this.editor.addToHistory(text);
    void this.#submitter.prompt(text, when);
  }

  /** Writes for another session from now on; the draft of each stays with it. */
  follow(attachment: Attachment): void {
    this.#keepDraft(this.#session, this.editor.getExpandedText());
    this.#session = attachment.session;
    this.#outbox.follow(attachment);
    this.#piCommands.follow(attachment);
    this.editor.setText(this.#drafts.get(attachment.session) ?? "");
    this.#drafts.delete(attachment.session);
    this.#fillHistory();
  }

  onChange(change: Change): void {
    if (change.kind === "reset") this.#piCommands.refresh();
    if (change.kind === "reset" || change.kind === "live") this.#outbox.update();
  }

  /** Takes text that an extension has for the editor; what a person is typing there is not taken from under their hands. */
  offer(text: string): void {
    if (this.editor.getText().trim() === "") return this.editor.setText(text);
    this.editor.addToHistory(text);
    this.#context.say("An extension has text for the editor, which is in use: the Up key on its first line brings it.");
  }

  /** Lets the person write in a program of theirs; null when the text stays as it was. */
  async editOutside(text: string): Promise<string | null> {
    return editOutside(text, { env: this.#context.env, lend: () => this.#lend() });
  }

  close(): void {
    this.#images.clear();
  }

  #submit(text: string, when: "now" | "later"): void {
    // Whoever presses Enter while the connection is away wants it back now.
    const { connection } = this.#context;
    if (connection.state.status === "waiting") connection.reconnectNow();
    this.#submitter.submit(text, when).catch((error: unknown) => this.#context.say(failureOf(error), "error"));
  }

  #submitLater(): void {
    const text = this.editor.getExpandedText().trim();
    if (text === "") return;
    this.editor.setText("");
    this.#submit(text, "later");
  }

  async #dequeue(): Promise<void> {
    const count = await restoreQueue(this.#context);
    this.#context.say(count === 0 ? "Nothing is queued." : `Took back ${counted(count, "message")}.`);
  }

  async #writeOutside(): Promise<void> {
    const text = this.editor.getExpandedText();
    const written = await this.editOutside(text);
    if (written === null) this.#context.say("The editor ended with an error: the text is as it was.", "warning");
    else if (written !== text) this.editor.setText(written);
  }

  async #paste(): Promise<void> {
    const found = await readClipboard(this.#context.env);
    if (!found) return this.#context.say("No clipboard can be read here: paste with the key of the terminal.");
    if ("text" in found) this.editor.paste(found.text);
    else this.editor.insertTextAtCursor(this.#images.keep(found.image, found.type));
  }

  #lend(): () => void {
    this.#screen.stop();
    return () => {
      this.#screen.start();
      this.#screen.redraw();
      this.#context.connection.reconnectNow();
    };
  }

  #fillHistory(): void {
    for (const prompt of promptsOf(this.#context.attachment.transcript.items)) this.editor.addToHistory(prompt);
  }

  #onFailed({ typed }: Outgoing, error: unknown, session: string): void {
    const reason = failureOf(error, this.#context.attachment.transcript.info?.piVersion);
    if (session !== this.#session) {
      const draft = this.#drafts.get(session) ?? "";
      this.#keepDraft(session, draft === "" ? typed : `${draft}\n\n${typed}`);
      return this.#context.say(
        `A prompt to the session before was not sent: it waits in its editor. ${reason}`,
        "error",
      );
    }
    this.#context.say(`Not sent: ${reason}`, "error");
    this.#restore(typed);
  }

  /** Nothing that was typed is lost: what cannot go into the editor is in its history. */
  #restore(text: string): void {
    const { editor } = this;
    if (editor.getText() === "") editor.setText(text);
    else if (text.length > limits.editable) editor.setText(joinTexts([text], editor.getExpandedText()));
    else this.#context.say("The editor is in use: the Up key on its first line brings the text back.");
  }

  #keepDraft(session: string, text: string): void {
    this.#drafts.delete(session);
    if (text.trim() === "") return;
    this.#drafts.set(session, text);
    const [oldest] = this.#drafts.keys();
    if (this.#drafts.size > limits.drafts && oldest !== undefined) this.#drafts.delete(oldest);
  }
}
