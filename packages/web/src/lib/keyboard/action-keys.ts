import { questionKeys } from "#lib/dialogs/question-keys.ts";
import { isField } from "#lib/dialogs/typing.ts";
import type { Action } from "#lib/palette/actions.svelte.ts";
import { isPressed, isWithModifier } from "./chord.ts";
import { singleKeys } from "./single-keys.svelte.ts";

/** ms within which the second of two keys in a row is pressed. */
const between = 1_200;

const answering: ReadonlySet<string> = new Set(Object.values(questionKeys).flatMap(({ keys }) => keys));

/** One way to press an action's keys. */
interface Way {
  action: Action;
  chord: string;
  presses: readonly string[];
}

/** What runs the actions of a page by their keys: for the window's `keydown`. */
export function actionKeys(list: () => readonly Action[]): (event: KeyboardEvent) => void {
  let begun: readonly Way[] = [];
  let begunAt = 0;
  return (event) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
    const usable = list()
      .flatMap(waysOf)
      .filter((way) => isUsable(event, way));
    const goesOn = event.timeStamp - begunAt > between ? [] : begun;
    begun = [];
    const second = goesOn.find(({ presses: [, press = ""] }) => isPressed(event, press));
    const found =
      second ?? usable.find(({ presses: [press = "", ...more] }) => more.length === 0 && isPressed(event, press));
    if (found) {
      if (event.repeat && !found.action.repeats) return;
      event.preventDefault();
      found.action.run();
      return;
    }
    begun = usable.filter(({ presses: [press = "", ...more] }) => more.length > 0 && isPressed(event, press));
    begunAt = event.timeStamp;
  };
}

/** All keys of an action. */
export function keysOf({ key, also }: Pick<Action, "key" | "also">): string[] {
  return [key, also].filter((chord) => chord !== undefined);
}

function waysOf(action: Action): Way[] {
  return keysOf(action).map((chord) => ({ action, chord, presses: chord.split(" ") }));
}

function isUsable({ target }: KeyboardEvent, { action, chord, presses }: Way): boolean {
  if (document.querySelector("dialog[open]") || action.isWanted?.(chord) === false) return false;
  if (presses.some(isWithModifier)) return true;
  if (!singleKeys.areOn || isField(target)) return false;
  // These answer what is asked, and do nothing else in the moment before they may.
  if (answering.has(chord) && document.querySelector("[role=alertdialog]")) return false;
  return !(target instanceof Element && target.closest("select, .menu[open]"));
}

function isModifier(key: string): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "Meta";
}
