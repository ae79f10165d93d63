import { interruptible, piKnows } from "@pier/client";
import type { ClientCommand, CommandContext } from "../commands/command.ts";
import { failureOf, runCommand } from "../commands/run-command.ts";
import { copyCommand } from "../commands/slash/copy.ts";
import { forkCommand } from "../commands/slash/fork.ts";
import { modelCommand } from "../commands/slash/model.ts";
import { newCommand } from "../commands/slash/new.ts";
import { resumeCommand } from "../commands/slash/resume.ts";
import { treeCommand } from "../commands/slash/tree.ts";
import { limits } from "../limits.ts";
import { cycleModel, cycleThinking } from "./cycle.ts";
import type { KeyAction } from "./keys.ts";
import { readPiFile } from "./pi-file.ts";
import type { KeyHandler, PromptEditor } from "./prompt-editor.ts";
import { stop } from "./stop.ts";

export interface KeyHandlerParts {
  context: CommandContext;
  readonly editor: () => PromptEditor;
  /** Sends what is typed when the turn has ended. */
  readonly submitLater: () => void;
  /** Takes queued messages back into the editor and says how many. */
  readonly dequeue: () => Promise<void>;
  readonly writeOutside: () => Promise<void>;
  readonly paste: () => Promise<void>;
  readonly suspend: () => void;
  readonly now: () => number;
}

/** What each key does. */
export function keyHandlers(parts: KeyHandlerParts): Partial<Record<KeyAction, KeyHandler>> {
  const { context } = parts;
  const double = doublePress(parts.now);
  const attempt = (work: () => Promise<void>): true => {
    work().catch((error: unknown) => {
      context.say(failureOf(error, context.attachment.transcript.info?.piVersion), "error");
    });
    return true;
  };
  const underWay = new Set<unknown>();
  // A key that is held down must not ask its question, or open its program, once more for each repetition.
  const once = (what: unknown, work: () => Promise<void>): true => {
    if (underWay.has(what)) return true;
    underWay.add(what);
    return attempt(() => work().finally(() => underWay.delete(what)));
  };
  const run = (command: ClientCommand): true => once(command, () => runCommand(command, context, ""));
  return {
    "app.interrupt"() {
      const editor = parts.editor();
      if (editor.isShowingAutocomplete()) return false;
      const { live } = context.attachment.transcript;
      const running = interruptible(live);
      if (running) return attempt(() => stop(running, context));
      if (editor.getText().trimStart().startsWith("!")) editor.setText("");
      else if (editor.getText().trim() === "" && double("escape")) {
        const command = doubleEscapeCommand(context);
        if (command) run(command);
      }
      return true;
    },
    "app.clear"() {
      if (double("clear")) context.leave();
      else parts.editor().setText("");
      return true;
    },
    "app.exit"() {
      if (parts.editor().getText() !== "") return false;
      context.leave();
      return true;
    },
    "app.suspend"() {
      parts.suspend();
      return true;
    },
    "app.message.followUp"() {
      if (isBusy(context)) parts.submitLater();
      else parts.editor().press("\n");
      return true;
    },
    "app.message.dequeue": () => attempt(() => parts.dequeue()),
    "app.model.select": () => run(modelCommand),
    "app.model.cycleForward": () => attempt(() => cycleModel(context, "forward")),
    "app.model.cycleBackward": () => attempt(() => cycleModel(context, "backward")),
    "app.thinking.cycle": () => attempt(() => cycleThinking(context)),
    "app.thinking.toggle"() {
      context.view.thinking = !context.view.thinking;
      context.redraw();
      return true;
    },
    "app.tools.expand"() {
      context.view.expanded = !context.view.expanded;
      context.redraw();
      return true;
    },
    "app.editor.external": () => once("editor", () => parts.writeOutside()),
    "app.clipboard.pasteImage": () => once("paste", () => parts.paste()),
    "app.message.copy": () => run(copyCommand),
    "app.session.new": () => run(newCommand),
    "app.session.tree": () => run(treeCommand),
    "app.session.fork": () => run(forkCommand),
    "app.session.resume": () => run(resumeCommand),
  };
}

function isBusy({ attachment }: CommandContext): boolean {
  const { running, compaction } = attachment.transcript.live;
  return running || compaction !== null;
}

/** Tells whether a key was pressed twice in a row. */
function doublePress(now: () => number): (key: string) => boolean {
  let last = { key: "", at: 0 };
  return (key) => {
    const at = now();
    const twice = last.key === key && at - last.at < limits.doublePress;
    last = twice ? { key: "", at: 0 } : { key, at };
    return twice;
  };
}

/** As pi's own settings want it: the tree, the fork list, or nothing. */
function doubleEscapeCommand(context: CommandContext): ClientCommand | null {
  const { value } = readPiFile(context.env, "settings.json");
  const action = (value as { doubleEscapeAction?: unknown } | null | undefined)?.doubleEscapeAction;
  if (action === "none") return null;
  return action === "fork" || !piKnows(context.attachment, "get_tree") ? forkCommand : treeCommand;
}
