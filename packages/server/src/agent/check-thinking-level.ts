import { type ModelRecord, PierError, thinkingLevelNames } from "@pier/protocol";

/**
 * pi takes a thinking level that it does not know, or that its model does not have, without a word, and thinks as it likes.
 *
 * @param chosen as a person asked for it; what nobody named is not looked at
 * @throws PierError `BAD_REQUEST` with the levels there are
 */
export function checkThinkingLevel(
  chosen: { thinkingLevel?: string; provider?: string; model?: string },
  models: readonly ModelRecord[],
): void {
  const { thinkingLevel, provider, model } = chosen;
  if (thinkingLevel === undefined) return;
  const fitting = models.filter((one) => one.id === model && (provider === undefined || one.provider === provider));
  const offered = new Set(fitting.flatMap(({ thinking_levels: own = [] }) => own));
  if (offered.size > 0 && !offered.has(thinkingLevel))
    throw new PierError("BAD_REQUEST", `${model} has no thinking level ${thinkingLevel}: use ${words([...offered])}.`);
  if (!thinkingLevelNames.some((level) => level === thinkingLevel))
    throw new PierError(
      "BAD_REQUEST",
      `There is no thinking level ${thinkingLevel}: use ${words(thinkingLevelNames)}.`,
    );
}

function words(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
