/** Methods of pi's extension UI that wait for an answer (`docs/rpc-extension-ui.md`). */
export const dialogMethods = ["select", "confirm", "input", "editor"] as const;

export type DialogMethod = (typeof dialogMethods)[number];

/** A question of an extension that is waiting for somebody. */
export interface Dialog {
  id: string;
  method: DialogMethod;
  title?: string;
  message?: string;
  options?: string[];
  placeholder?: string;
  prefill?: string;
  /** Milliseconds after which pi itself goes on with a default. */
  timeout?: number;
  /** When the daemon will close it, in ms since 1970; absent while nothing limits it. */
  deadline?: number;
}

export interface Widget {
  lines: string[];
  placement: "aboveEditor" | "belowEditor";
}

/** An answer to a dialog: `value` for select, input and editor, `confirmed` for confirm, `cancelled` for any. */
export type DialogAnswer = { value: string } | { confirmed: boolean } | { cancelled: true };

/** Whether a method of an `extension_ui_request` waits for an answer. */
export function isDialogMethod(method: unknown): method is DialogMethod {
  return (dialogMethods as readonly unknown[]).includes(method);
}

/** What is answered for a person who is not there. */
export function defaultAnswer(method: DialogMethod): DialogAnswer {
  return method === "confirm" ? { confirmed: false } : { cancelled: true };
}
