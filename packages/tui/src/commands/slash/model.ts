import type { PiModel } from "@pier/client";
import { fuzzyFilter } from "../../pi-tui/index.ts";
import type { ClientCommand, CommandContext } from "../command.ts";

/** `/model` */
export const modelCommand: ClientCommand = {
  name: "model",
  description: "Choose the model",
  argument: "[provider/model]",
  async complete(prefix, { attachment }) {
    const { models } = await attachment.getAvailableModels();
    return fuzzyFilter(models.map(modelReference), prefix, (reference) => reference).map((reference) => ({
      value: reference,
      label: reference,
    }));
  },
  async run(context, argument) {
    const { models } = await context.attachment.getAvailableModels();
    const fitting = argument === "" ? models : modelsNamed(models, argument);
    if (fitting.length === 0 && models.length > 0) {
      return context.say(
        `No model is called "${argument}": /model alone lists the ${models.length} there are.`,
        "error",
      );
    }
    const [only] = fitting;
    const chosen = argument !== "" && fitting.length === 1 && only ? only : await pickModel(context, fitting);
    if (chosen) await chooseModel(context, chosen);
  },
};

/** The models that a word can mean: the one with exactly that name, or all that resemble it. */
export function modelsNamed(models: readonly PiModel[], word: string): PiModel[] {
  const wanted = word.toLowerCase();
  const exact =
    models.filter((model) => modelReference(model).toLowerCase() === wanted)[0] ??
    onlyOne(models.filter(({ id }) => id.toLowerCase() === wanted)) ??
    onlyOne(models.filter(({ name }) => name?.toLowerCase() === wanted));
  if (exact) return [exact];
  return fuzzyFilter([...models], word, (model) => `${modelReference(model)} ${model.name ?? ""}`);
}

/** Takes a model and says what pi made of it. */
export async function chooseModel(
  { attachment, say }: Pick<CommandContext, "attachment" | "say">,
  { provider, id }: Pick<PiModel, "provider" | "id">,
): Promise<void> {
  const model = await attachment.setModel(provider, id);
  const level = attachment.transcript.live.pi?.thinkingLevel;
  say(modelSentence(model, level), "success");
}

/** How a chosen model is named. */
export function modelSentence(model: PiModel, level: string | undefined): string {
  const thinking = model.reasoning && level !== undefined && level !== "off" ? ` (thinking: ${level})` : "";
  return `Model: ${modelReference(model)}${thinking}`;
}

async function pickModel(context: CommandContext, models: readonly PiModel[]): Promise<PiModel | null> {
  const { model } = context.attachment.transcript.live.pi ?? {};
  const chosen = await context.pick({
    title: "Model",
    choices: models.map((each) => ({
      value: modelReference(each),
      label: each.id,
      detail: each.name === undefined || each.name === each.id ? each.provider : `${each.provider} · ${each.name}`,
    })),
    ...(model && { current: modelReference(model) }),
    empty: "pi has no model that it could use: give it a key or a login, with pi itself or in its models.json.",
  });
  return models.find((each) => modelReference(each) === chosen) ?? null;
}

function modelReference({ provider, id }: Pick<PiModel, "provider" | "id">): string {
  return `${provider}/${id}`;
}

function onlyOne(models: readonly PiModel[]): PiModel | undefined {
  return models.length === 1 ? models[0] : undefined;
}
