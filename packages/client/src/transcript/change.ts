import type { ExtensionUiRequest, ExtensionUiResolved } from "@pier/protocol";

/** What became different in a transcript. Told after the whole frame was applied. */
export type Change =
  /** Items were added at the end; the first has index `from`. */
  | { kind: "items"; from: number }
  /** This many older items were put before the first one. */
  | { kind: "older"; count: number }
  /** This many of the oldest items were let go. */
  | { kind: "trimmed"; count: number }
  /** What is in flight: `live`. */
  | { kind: "live" }
  /** Dialogs, statuses, widgets or the title. `closed` is the dialog that was answered, expired or gone. */
  | { kind: "ui"; closed?: Pick<ExtensionUiResolved, "id" | "reason"> }
  /** `info` or `offered`. */
  | { kind: "info" }
  | { kind: "presence" }
  /** `status`, `error` or `caughtUp`. */
  | { kind: "status" }
  /** Everything was replaced by a snapshot. */
  | { kind: "reset" }
  /** A request of an extension that only matters in its moment: `notify`, `set_editor_text`. `missed`: its moment is over. */
  | { kind: "notice"; request: ExtensionUiRequest; missed: boolean };
