import { type Figure, meetsMark } from "./figure.ts";

/** Figures as lines for people: name, value, the direct pipe's value, the mark. */
export function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures.map((figure) => line(figure, width)).join("\n");
}

function line(figure: Figure, width: number): string {
  const { name, value, unit, direct } = figure;
  const beside = direct === undefined ? "" : `direct ${number(direct)}`;
  return `  ${name.padEnd(width)}  ${number(value).padStart(10)} ${unit.padEnd(9)}  ${beside.padEnd(18)} ${verdict(figure)}`.trimEnd();
}

function verdict(figure: Figure): string {
  const { mark } = figure;
  if (!mark) return "";
  const wanted = "most" in mark ? `at most ${number(mark.most)}` : `at least ${number(mark.least)}`;
  return `${meetsMark(figure) ? "ok  " : "MISS"} ${wanted}`;
}

/** Three digits that matter; large numbers whole. */
function number(value: number): string {
  if (Math.abs(value) >= 100 || value === 0) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}
