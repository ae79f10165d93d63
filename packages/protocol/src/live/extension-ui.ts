import { type Dialog, isDialogMethod, type Widget } from "../records/dialogs.ts";

/** What extensions show beside the conversation, and what they ask. */
export class ExtensionUi {
  readonly dialogs = new Map<string, Dialog>();
  readonly statuses = new Map<string, string>();
  readonly widgets = new Map<string, Widget>();
  title: string | null = null;

  /**
   * Applies an `extension_ui_request`. Idempotent: pi raises `session_start` requests twice on `new_session`.
   *
   * @returns whether the request only matters in its moment (`notify`, `set_editor_text`, unknown ones).
   */
  apply(request: { id?: unknown; method?: unknown; [member: string]: unknown }): boolean {
    if (isDialogMethod(request.method)) {
      const { type: _type, session: _session, seq: _seq, ...dialog } = request;
      this.dialogs.set(String(request.id), dialog as unknown as Dialog);
      return false;
    }
    if (request.method === "setStatus") {
      setOrDelete(this.statuses, String(request.statusKey), request.statusText as string | undefined);
      return false;
    }
    if (request.method === "setWidget") {
      const lines = request.widgetLines as string[] | undefined;
      const placement = request.widgetPlacement === "belowEditor" ? "belowEditor" : "aboveEditor";
      setOrDelete(this.widgets, String(request.widgetKey), Array.isArray(lines) ? { lines, placement } : undefined);
      return false;
    }
    if (request.method === "setTitle") {
      this.title = typeof request.title === "string" ? request.title : null;
      return false;
    }
    return true;
  }

  /** Forgets everything: another process or another conversation begins. */
  clear(): void {
    this.dialogs.clear();
    this.statuses.clear();
    this.widgets.clear();
    this.title = null;
  }
}

function setOrDelete<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined || value === null) map.delete(key);
  else map.set(key, value);
}
