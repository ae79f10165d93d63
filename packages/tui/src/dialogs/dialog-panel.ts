import type { Dialog, DialogAnswer } from "@pier/protocol";
import { AskPanel } from "../panels/ask-panel.ts";
import { ConfirmPanel } from "../panels/confirm-panel.ts";
import { EditPanel } from "../panels/edit-panel.ts";
import type { PanelSetting } from "../panels/panel-setting.ts";
import type { Panel } from "../panels/panel.ts";
import { PickPanel } from "../panels/pick-panel.ts";

/** A panel for a question of an extension. */
export interface DialogPanel extends Panel {
  /** Said beside the keys, styled already. */
  note: string;
}

/** The panel that asks what a dialog asks. */
export function dialogPanel(
  setting: PanelSetting,
  { method, title: given = "", message, options = [], placeholder = "", prefill = "" }: Dialog,
  onAnswer: (answer: DialogAnswer) => void,
): DialogPanel {
  const title = given.trim() === "" ? "A question" : given;
  const onDone = (value: string | null): void => onAnswer(value === null ? { cancelled: true } : { value });
  switch (method) {
    case "select": {
      const choices = options.map((option) => ({ value: option, label: option }));
      const empty = "There is nothing to choose from.";
      return new PickPanel(setting, { title, message, choices, empty, covers: false }, { onDone });
    }
    case "confirm":
      return new ConfirmPanel(
        setting,
        { title, message },
        { onDone: (yes) => onAnswer(yes === null ? { cancelled: true } : { confirmed: yes }) },
      );
    case "input":
      return new AskPanel(setting, { title, message, placeholder, prefill }, { onDone });
    case "editor":
      return new EditPanel(setting, { title, message, prefill }, { onDone });
  }
}
