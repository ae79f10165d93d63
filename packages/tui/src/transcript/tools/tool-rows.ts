import { limits } from "../../limits.ts";
import type { Foreground } from "../../theme/colours.ts";
import { lastLines } from "../base/text-lines.ts";
import type { View } from "../view.ts";
import type { Failure } from "./failure.ts";
import { outputRows, type Sheet } from "./output-rows.ts";
import type { ToolCallState } from "./tool-call.ts";
import { argumentRows, resultRows } from "./unfolded-rows.ts";

/** The rows below a tool call's first one. `text` is what its result, or what there is of it, says. */
export function toolRows(
  call: ToolCallState,
  text: string,
  failure: Failure | null,
  sheet: Sheet & { view: View },
): string[] {
  const { expanded } = sheet.view;
  if (!call.result && call.run) {
    return tail(text, limits.runningRows, sheet, "toolOutput");
  }
  if (failure) {
    const count = expanded ? limits.toolRows : limits.errorRows;
    const said = outputRows(lastLines(failure.rest, count).lines, sheet, isShell(call) ? "toolOutput" : "error").slice(
      -count,
    );
    return expanded ? [...said, ...argumentRows(call, sheet)] : said;
  }
  return expanded ? [...argumentRows(call, sheet), ...resultRows(call, text, sheet)] : [];
}

function tail(text: string, count: number, sheet: Sheet, role: Foreground): string[] {
  const rows = outputRows(lastLines(text, count).lines, sheet, role).slice(-count);
  const first = rows.findIndex((row) => row !== "");
  return first === -1 ? [] : rows.slice(first);
}

function isShell({ name }: ToolCallState): boolean {
  return name === "bash" || name === "powershell";
}
