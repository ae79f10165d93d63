import type { CommandContext } from "../commands/command.ts";
import { chooseModel, modelSentence } from "../commands/slash/model.ts";

/** Takes the next or the previous model. */
export async function cycleModel(context: CommandContext, direction: "forward" | "backward"): Promise<void> {
  const { attachment, say } = context;
  if (direction === "forward") {
    const next = await attachment.cycleModel();
    if (!next) return say("pi has only this model.");
    return say(modelSentence(next.model, next.thinkingLevel), "success");
  }
  // pi cycles forwards only.
  const { models } = await attachment.getAvailableModels();
  const { model } = attachment.transcript.live.pi ?? {};
  const at = models.findIndex(({ provider, id }) => provider === model?.provider && id === model.id);
  const previous = models.at(at <= 0 ? -1 : at - 1);
  if (!previous || models.length === 1) return say("pi has only this model.");
  await chooseModel(context, previous);
}

/** Takes the next thinking level. */
export async function cycleThinking({ attachment, say }: CommandContext): Promise<void> {
  const next = await attachment.cycleThinkingLevel();
  say(next ? `Thinking level: ${next.level}` : "This model does not think.");
}
