import { type KeyAction, keyActions } from "../../editor/keys.ts";
import type { ClientCommand } from "../command.ts";

/** `/hotkeys` */
export const hotkeysCommand: ClientCommand = {
  name: "hotkeys",
  description: "List the keys",
  run({ keys, list }) {
    const rows = (Object.keys(keyActions) as KeyAction[])
      .filter((action) => keys.of(action).length > 0)
      .map((action) => [keys.label(action), keyActions[action].description] as const);
    list(rows);
    return Promise.resolve();
  },
};
