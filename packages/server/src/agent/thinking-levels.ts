import { thinkingLevelNames } from "@pier/protocol";

const rare: readonly string[] = ["xhigh", "max"];

/** The thinking levels that pi offers for a model, from pi's own record of it: asking pi would change its settings. */
export function thinkingLevels({ reasoning, thinkingLevelMap }: Readonly<Record<string, unknown>>): string[] {
  if (reasoning !== true) return ["off"];
  const isMap = typeof thinkingLevelMap === "object" && thinkingLevelMap !== null;
  const map: Readonly<Record<string, unknown>> = isMap ? { ...thinkingLevelMap } : {};
  return thinkingLevelNames.filter(
    (level) => map[level] !== null && (!rare.includes(level) || map[level] !== undefined),
  );
}
