import { getKeybindings, type Keybinding } from "../pi-tui/index.ts";

/** Whether a key is bound to something of pi's; people may have bound others. */
export function isKey(data: string, binding: Keybinding): boolean {
  return getKeybindings().matches(data, binding);
}
