import { limits } from "../limits.ts";
import { type Dialog, isDialogMethod, type Widget } from "../records/dialogs.ts";
import { setBounded } from "./set-bounded.ts";

/** An `extension_ui_request`, as it came: nothing about its members is certain. */
export interface UntrustedRequest {
  id?: unknown;
  method?: unknown;
  [member: string]: unknown;
}

/** What extensions show beside the conversation, and what they ask. Of too many, the oldest give way. */
export class ExtensionUi {
  readonly dialogs = new Map<string, Dialog>();
  readonly statuses = new Map<string, string>();
  readonly widgets = new Map<string, Widget>();
  title: string | null = null;
  readonly #onDialogDropped: (dialog: Dialog) => void;

  /** @param onDialogDropped hears of a dialog that gave way: pi still waits for its answer. */
  constructor(onDialogDropped: (dialog: Dialog) => void = () => {}) {
    this.#onDialogDropped = onDialogDropped;
  }

  /**
   * Applies an `extension_ui_request`. Idempotent: pi raises `session_start` requests twice on `new_session`.
   *
   * @returns whether the request only matters in its moment (`notify`, `set_editor_text`, unknown and unusable ones).
   */
  apply(request: UntrustedRequest): boolean {
    switch (request.method) {
      case "setStatus":
        return !this.#applyStatus(request);
      case "setWidget":
        return !this.#applyWidget(request);
      case "setTitle":
        this.title = typeof request.title === "string" ? request.title : null;
        return false;
      default:
        return !this.#applyDialog(request);
    }
  }

  /** Forgets everything: another process or another conversation begins. */
  clear(): void {
    this.dialogs.clear();
    this.statuses.clear();
    this.widgets.clear();
    this.title = null;
  }

  #applyDialog(request: UntrustedRequest): boolean {
    const dialog = toDialog(request);
    if (!dialog) return false;
    const dropped = setBounded(this.dialogs, dialog.id, dialog, limits.dialogs);
    if (dropped) this.#onDialogDropped(dropped);
    return true;
  }

  #applyStatus({ statusKey, statusText }: UntrustedRequest): boolean {
    if (typeof statusKey !== "string") return false;
    if (typeof statusText === "string") setBounded(this.statuses, statusKey, statusText, limits.statuses);
    else this.statuses.delete(statusKey);
    return true;
  }

  #applyWidget({ widgetKey, widgetLines, widgetPlacement }: UntrustedRequest): boolean {
    if (typeof widgetKey !== "string") return false;
    if (Array.isArray(widgetLines)) {
      const placement = widgetPlacement === "belowEditor" ? "belowEditor" : "aboveEditor";
      setBounded(this.widgets, widgetKey, { lines: onlyStrings(widgetLines), placement }, limits.widgets);
    } else {
      this.widgets.delete(widgetKey);
    }
    return true;
  }
}

const textMembers = ["title", "message", "placeholder", "prefill"];
const numberMembers = ["timeout", "deadline"];

/** The dialog a request asks for; known members that do not fit are left out, unknown ones stay. */
function toDialog(request: UntrustedRequest): Dialog | null {
  const { type: _type, session: _session, seq: _seq, ...members } = request;
  const { id, method } = members;
  if (typeof id !== "string" || !isDialogMethod(method)) return null;
  for (const member of textMembers) if (typeof members[member] !== "string") delete members[member];
  for (const member of numberMembers) if (!Number.isFinite(members[member])) delete members[member];
  if (Array.isArray(members.options)) members.options = onlyStrings(members.options);
  else delete members.options;
  return { ...members, id, method };
}

function onlyStrings(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === "string");
}
