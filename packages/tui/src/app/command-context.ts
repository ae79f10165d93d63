import type { Attachment } from "@pier/client";
import type { CommandContext } from "../commands/command.ts";
import { counted } from "../commands/format.ts";
import { RowsBlock } from "../commands/rows-block.ts";
import { clipboardSequence } from "../editor/clipboard-sequence.ts";
import type { Composer } from "../editor/composer.ts";
import type { Block } from "../screen/block.ts";

/** What a context is made of: what never changes, and what is asked for when it is needed. */
export interface CommandContextParts extends Omit<CommandContext, "attachment" | "editor" | "list" | "send" | "copy"> {
  /** The session that is shown now. */
  readonly attachment: () => Attachment;
  readonly composer: () => Composer;
  /** Says something between the messages. */
  readonly note: (block: Block) => void;
  /** Writes to the terminal past the screen. */
  readonly write: (sequence: string) => void;
}

/** What commands may use of the client, whichever session it shows. */
export function commandContext({ attachment, composer, note, write, ...parts }: CommandContextParts): CommandContext {
  const leave = async (): Promise<void> => {
    const { unsent } = composer();
    const title = `${counted(unsent, "prompt is", "prompts are")} not sent yet and would be lost.`;
    if (unsent === 0 || (await parts.confirm({ title, message: "Leave all the same?" }))) parts.leave();
  };
  return {
    ...parts,
    get attachment() {
      return attachment();
    },
    editor: {
      // With what is folded in it: whoever puts it back would lose that otherwise.
      getText: () => composer().editor.getExpandedText(),
      setText: (text) => composer().editor.setText(text),
    },
    list: (rows) => note(new RowsBlock(rows, parts.view.theme)),
    send: (text, when) => composer().send(text, when),
    leave: () => void leave(),
    copy: (text) => write(clipboardSequence(text, parts.env)),
  };
}
