import type { Keys } from "../editor/keys.ts";
import type { View } from "../transcript/view.ts";

/** The keys that show more or less of the transcript: while a question about it is open, they are wanted too. Returns whether a key is one. */
export function viewKeys(keys: Keys, view: View, redraw: () => void): (data: string) => boolean {
  return (data) => {
    if (keys.matches(data, "app.tools.expand")) view.expanded = !view.expanded;
    else if (keys.matches(data, "app.thinking.toggle")) view.thinking = !view.thinking;
    else return false;
    redraw();
    return true;
  };
}
