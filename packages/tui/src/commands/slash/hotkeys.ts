import { type KeyAction, keyActions } from "../../editor/keys.ts";
import type { ClientCommand } from "../command.ts";
import { columns } from "../format.ts";

/** `/hotkeys` */
export const hotkeysCommand: ClientCommand = {
  name: "hotkeys",
  description: "List the keys",
  run({ keys, say }) {
    const rows = (Object.keys(keyActions) as KeyAction[])
      .filter((action) => keys.of(action).length > 0)
      .map((action) => [keys.label(action), keyActions[action].description] as const);
    say(columns(rows));
    return Promise.resolve();
  },
};
