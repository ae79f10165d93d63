import type { Attached } from "@pier/protocol";
import { ExtensionUi } from "@pier/protocol/runtime";

/** What extensions show and ask as `attached` says. */
export function extensionUiOf(frame: Attached): ExtensionUi {
  const ui = new ExtensionUi();
  for (const dialog of frame.dialogs) ui.dialogs.set(dialog.id, dialog);
  for (const [key, text] of Object.entries(frame.statuses)) ui.statuses.set(key, text);
  for (const [key, widget] of Object.entries(frame.widgets)) ui.widgets.set(key, widget);
  ui.title = frame.title;
  return ui;
}
