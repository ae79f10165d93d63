/** In pi's order; the last two only where a model says that it has them. */
export const levels = ["off", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
const rare: readonly string[] = ["xhigh", "max"];

/** The thinking levels that pi offers for a model, from pi's own record of it: asking pi would change its settings. */
export function thinkingLevels({ reasoning, thinkingLevelMap }: Readonly<Record<string, unknown>>): string[] {
  if (reasoning !== true) return ["off"];
  const isMap = typeof thinkingLevelMap === "object" && thinkingLevelMap !== null;
  const map: Readonly<Record<string, unknown>> = isMap ? { ...thinkingLevelMap } : {};
  return levels.filter((level) => map[level] !== null && (!rare.includes(level) || map[level] !== undefined));
}
