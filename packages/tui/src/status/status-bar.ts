import { countText, type Numbers, type PierConnection, type Transcript } from "@pier/client";
import type { Section } from "../screen/section.ts";
import { neutraliseLine } from "../text/index.ts";
import type { Theme } from "../theme/theme.ts";
import { connectionForms } from "./connection-text.ts";
import { fitRow, type Part } from "./fit-row.ts";
import { folderForms } from "./folder-text.ts";
import { costText } from "./words.ts";

export interface StatusFacts {
  connection: Pick<PierConnection, "state" | "lostAt">;
  transcript: Transcript;
  numbers: Numbers;
  /** The machine's name when it is another one. */
  host: string | undefined;
  /** The person's home, on this machine. */
  home: string | undefined;
  /** ms since 1970 */
  now: number;
}

/** How many statuses of extensions are shown, and characters of one. */
const most = { statuses: 12, characters: 200 };

/** How the session stands, on two rows at the bottom. What is not known is left out. */
export class StatusBar implements Section {
  readonly #theme: Theme;
  readonly #facts: () => StatusFacts;

  constructor(theme: Theme, facts: () => StatusFacts) {
    this.#theme = theme;
    this.#facts = facts;
  }

  render(width: number): readonly string[] {
    const facts = this.#facts();
    const style = this.#dim;
    return [
      fitRow(width, { left: this.#placeParts(facts), right: this.#modelParts(facts), style }),
      fitRow(width, { left: this.#numberParts(facts), right: this.#statusParts(facts), style }),
    ];
  }

  readonly #dim = (text: string): string => this.#theme.fg("dim", text);

  #placeParts({ connection, transcript, host, home, now }: StatusFacts): Part[] {
    const { info } = transcript;
    const connected = connectionForms(connection.state, transcript, now, connection.lostAt);
    const name = neutraliseLine(info?.name ?? "");
    const at = host === undefined ? "" : `@${neutraliseLine(host)}`;
    const folder = info ? folderForms(info.cwd, host === undefined ? home : undefined) : [""];
    return [
      { forms: connected ?? [""], rank: [6.5, 7, 8.5], style: (text) => this.#theme.fg("warning", text) },
      { forms: [name], rank: 8, style: (text) => this.#theme.fg("muted", text) },
      { forms: name === "" ? folder : [...folder, ""], rank: [3, 3.2], style: this.#dim },
      { forms: [at, ""], rank: 4, style: this.#dim },
    ];
  }

  #modelParts({ transcript: { info, live } }: StatusFacts): Part[] {
    if (info?.demo)
      return [
        {
          forms: ["demo model: answers are scripted", "demo model"],
          rank: 5,
          style: (text) => this.#theme.fg("muted", text),
        },
      ];
    const model = neutraliseLine(live.pi?.model?.id ?? info?.model ?? "");
    const level = neutraliseLine(live.pi?.thinkingLevel ?? info?.thinkingLevel ?? "");
    const thinks = level !== "" && model !== "" && live.pi?.model?.reasoning !== false;
    return [
      { forms: model === "" ? [""] : [model, shortModel(model), ""], rank: [2.5, 6], style: this.#dim },
      { forms: [thinks ? (level === "off" ? "thinking off" : level) : "", ""], rank: 2, style: this.#dim },
    ];
  }

  #numberParts({ transcript, numbers: { totals, context, window } }: StatusFacts): Part[] {
    const { steering, followUp } = transcript.live.queue;
    const queued = steering.length + followUp.length;
    const here = transcript.presence.length;
    const tokens = totals && [
      ...(totals.input > 0 ? [`↑${countText(totals.input)}`] : []),
      ...(totals.output > 0 ? [`↓${countText(totals.output)}`] : []),
    ];
    const part = context !== null && window !== null ? context / window : null;
    const contextForms =
      part === null || window === null
        ? [""]
        : [`${(part * 100).toFixed(1)}%/${countText(window)}`, `${Math.round(part * 100)}%`];
    const role = part === null || part <= 0.7 ? "dim" : part <= 0.9 ? "warning" : "error";
    return [
      { forms: contextForms, rank: [6, 9], style: (text) => this.#theme.fg(role, text) },
      { forms: [tokens?.join(" ") ?? "", ""], rank: 3, style: this.#dim },
      { forms: [totals && totals.cost > 0 ? costText(totals.cost) : "", ""], rank: 5, style: this.#dim },
      { forms: [queued > 0 ? `${queued} queued` : "", ""], rank: 7, style: (text) => this.#theme.fg("muted", text) },
      { forms: [here > 1 ? `${here} here` : "", ""], rank: 4, style: this.#dim },
    ];
  }

  #statusParts({ transcript: { ui } }: StatusFacts): Part[] {
    return [...ui.statuses]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, most.statuses)
      .map(([, text]) => neutraliseLine(text.slice(0, most.characters)))
      .filter((text) => text !== "")
      .map((text, at) => ({ forms: [text, ...shorter(text), ""], rank: 2 - at / 1000, style: this.#dim }));
  }
}

/** A model's name without what stands before it and its date. */
function shortModel(id: string): string {
  return (id.split("/").at(-1) ?? id).replace(/-\d{8}$/, "");
}

function shorter(text: string): string[] {
  return text.length > 12 ? [`${[...text].slice(0, 11).join("")}…`] : [];
}
