import { backgrounds, type Colour, foregrounds, type Palette } from "./colours.ts";

/** Roles that themes may leave out, with what stands in for them. */
const fallbacks: Partial<Record<keyof Palette, keyof Palette>> = { thinkingMax: "thinkingXhigh" };
const roles: readonly (keyof Palette)[] = [...foregrounds, ...backgrounds];
/** Problems told of one file. */
const told = 3;

/**
 * Reads a theme of pi (its `docs/themes.md`): `vars` that may name each other, and `colors`. Colours that are not
 * used here are ignored.
 *
 * @throws Error with what is wrong
 */
export function parseTheme(theme: unknown): Palette {
  const { vars, colors } = parts(theme);
  const problems: string[] = [];
  const palette: Partial<Palette> = {};
  for (const role of roles) {
    const own = Object.hasOwn(colors, role) ? role : fallbacks[role];
    try {
      if (own === undefined || !Object.hasOwn(colors, own)) throw new Error("is missing");
      palette[role] = resolve(colors[own], vars);
    } catch (error) {
      if (own === role || own === undefined) problems.push(`"${role}" ${(error as Error).message}`);
    }
  }
  if (problems.length === 0) return palette as Palette;
  const more = problems.length > told ? [`${problems.length - told} more`] : [];
  throw new Error([...problems.slice(0, told), ...more].join(", "));
}

function parts(theme: unknown): { vars: Record<string, unknown>; colors: Record<string, unknown> } {
  if (!isObject(theme)) throw new Error("it is no object");
  const { vars = {}, colors } = theme;
  if (!isObject(vars)) throw new Error('its "vars" are no object');
  if (!isObject(colors)) throw new Error('it has no "colors"');
  return { vars, colors };
}

/** Follows names of variables to a colour. */
function resolve(value: unknown, vars: Record<string, unknown>): Colour {
  const seen = new Set<string>();
  for (let at = value; ;) {
    if (typeof at === "number" && Number.isInteger(at) && at >= 0 && at < 256) return at;
    if (at === "" || (typeof at === "string" && /^#[\da-f]{6}$/i.test(at))) return at.toLowerCase();
    if (typeof at !== "string" || at.startsWith("#"))
      throw new Error(`is ${shown(at)}: #rrggbb, 0 to 255, "" or the name of a variable would be right`);
    if (seen.has(at)) throw new Error(`names the variable ${shown(at)}, which leads back to itself`);
    if (!Object.hasOwn(vars, at)) throw new Error(`names the variable ${shown(at)}, which does not exist`);
    seen.add(at);
    at = vars[at];
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
