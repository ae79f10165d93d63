import { limits } from "../limits.ts";
import { wrapTextWithAnsi } from "../pi-tui/index.ts";

const { columns: least, rows: leastRows } = limits.smallest;

/** What to say, in as many words as fit. */
const forms = [
  `This terminal is too small to show the session: make it ${least} × ${leastRows} or larger.`,
  `Too small: ${least} × ${leastRows} is needed.`,
  `${least}×${leastRows}`,
];

/** What a terminal shows that is too small for a session; null when it is large enough. */
export function tooSmall(columns: number, rows: number): string[] | null {
  if (columns >= least && rows >= leastRows) return null;
  const wrapped = forms.map((form) => wrapTextWithAnsi(form, Math.max(1, columns)));
  return wrapped.find(({ length }) => length <= rows) ?? (wrapped.at(-1) ?? []).slice(0, rows);
}
