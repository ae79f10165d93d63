import { number } from "@pier/client/messages";
import type { BashRun } from "@pier/protocol";
import { limits } from "../../limits.ts";
import type { Block } from "../../screen/block.ts";
import type { Theme } from "../../theme/theme.ts";
import { clean, cleanBody, cleanLine } from "../base/clean.ts";
import { Drawn } from "../base/drawn.ts";
import { type Span, titleRow } from "../base/spans.ts";
import { lastLines } from "../base/text-lines.ts";
import { margin } from "../base/wrap.ts";
import { boundedRows, outputRows } from "../tools/output-rows.ts";
import type { View } from "../view.ts";

/** A command that a person ran in the session's shell. */
export function shellCommand(message: Record<string, unknown>, view: View): Block {
  const { command, output, exitCode, cancelled, truncated, excludeFromContext } = message;
  const code = number(exitCode);
  const failed = cancelled === true || (code !== undefined && code !== 0);
  const end = cancelled === true ? "✗ stopped" : failed ? `✗ exit ${code}` : "✓";
  const status: Span = { text: end, style: (text) => view.theme.fg(failed ? "error" : "success", text) };
  const said = cleanBody(output).trimEnd() + (truncated === true ? "\n… the output was longer than pi keeps" : "");
  const count = view.expanded ? limits.toolRows : limits.shellRows;
  const where = view.expanded ? {} : { where: "Ctrl+O shows more" };
  return new Drawn((width) => [
    titleOf(cleanBody(command), [status], excludeFromContext === true, width, view.theme),
    ...boundedRows(lastLines(said, count), { width, theme: view.theme }, { lose: "first", count, ...where }),
  ]);
}

/** A command that runs. */
export class ShellRunView implements Block {
  readonly settled = false;
  readonly #view: View;
  readonly #run: BashRun;
  #last: { width: number; output: string; rows: string[] } | null = null;

  constructor(run: BashRun, view: View) {
    this.#run = run;
    this.#view = view;
  }

  render(width: number): readonly string[] {
    const { command, output, excludeFromContext } = this.#run;
    if (this.#last?.width === width && this.#last.output === output) return this.#last.rows;
    const { theme } = this.#view;
    const status: Span = { text: "running", style: (text) => theme.fg("accent", text) };
    const tail = clean(output.slice(-limits.lineLength * limits.shellRunningRows));
    const rows = [
      titleOf(clean(command), [status], excludeFromContext, width, theme),
      ...outputRows(lastLines(tail, limits.shellRunningRows).lines, { width, theme }).slice(-limits.shellRunningRows),
    ];
    this.#last = { width, output, rows };
    return rows;
  }

  invalidate(): void {
    this.#last = null;
  }
}

function titleOf(command: string, status: Span[], excluded: boolean, width: number, theme: Theme): string {
  const sign = { text: excluded ? "!! " : "! ", style: (text: string) => theme.fg("bashMode", text) };
  const words = { text: cleanLine(command), style: (text: string) => theme.bold(theme.fg("bashMode", text)) };
  const note = { text: " · not in context", style: (text: string) => theme.fg("dim", text) };
  return " ".repeat(margin) + titleRow([sign, words], excluded ? [...status, note] : status, width - 2 * margin);
}
