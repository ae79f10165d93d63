import { piKnows } from "@pier/client";
import { fuzzyFilter } from "../completion/fuzzy.ts";
import type { PageCommand } from "./command.ts";

/** `/model` */
export const modelCommand: PageCommand = {
  name: "model",
  description: "Choose the model",
  argument: "[provider/model]",
  async complete({ attachment }) {
    const { models } = await attachment.getAvailableModels();
    return models.map(({ provider, id, name }) => ({
      value: `${provider}/${id}`,
      label: `${provider}/${id}`,
      ...(name !== undefined && { description: name }),
    }));
  },
  async run({ attachment, actions, say }, argument) {
    if (argument === "" && actions.pickModel) return actions.pickModel();
    if (argument === "") return say("Name a model behind it: /model provider/model.");
    const { models } = await attachment.getAvailableModels();
    const wanted = argument.toLowerCase();
    const exact = models.filter(({ provider, id }) =>
      [`${provider}/${id}`, id].some((each) => each.toLowerCase() === wanted),
    );
    const fitting = exact.length > 0 ? exact : fuzzyFilter(models, wanted, ({ provider, id }) => `${provider}/${id}`);
    const [only] = fitting;
    if (only && fitting.length === 1) {
      await attachment.setModel(only.provider, only.id);
      say(`Model: ${only.provider}/${only.id}`);
    } else if (only && actions.pickModel) actions.pickModel(argument);
    else if (only) say(`${fitting.length} models fit “${argument}”: name one in full.`);
    else say(`No model is called “${argument}”.`);
  },
};

/** `/thinking` */
export const thinkingCommand: PageCommand = {
  name: "thinking",
  description: "Choose how much the model thinks",
  argument: "[level]",
  async complete({ attachment }) {
    if (!piKnows(attachment, "get_available_thinking_levels")) return [];
    const { levels } = await attachment.getAvailableThinkingLevels();
    return levels.map((level) => ({ value: level, label: level }));
  },
  async run({ attachment, actions, say }, argument) {
    if (argument === "" && actions.pickThinking) return actions.pickThinking();
    if (argument === "") return say("Name a level behind it, such as /thinking high.");
    await attachment.setThinkingLevel(argument.toLowerCase());
    const { thinkingLevel = argument } = await attachment.getState();
    say(`Thinking level: ${thinkingLevel}`);
  },
};
