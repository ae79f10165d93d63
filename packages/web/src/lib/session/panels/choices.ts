import { type PiModel, setThinkingLevel, thinkingLevels, thinkingWords } from "@pier/client";
import type { Choice } from "#lib/ui/narrow.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import type { SessionView } from "../session-view.svelte.ts";

/** The models that pi can use, by provider. */
export async function modelChoices({ attachment, transcript }: SessionView): Promise<Choice<PiModel>[]> {
  const { models } = await attachment.getAvailableModels();
  const { model: current } = transcript.live.pi ?? {};
  return models.map((model) => ({
    value: model,
    label: model.id,
    group: model.provider,
    ...(model.name !== undefined && model.name !== model.id && { detail: model.name }),
    ...(model.id === current?.id && model.provider === current.provider && { isCurrent: true }),
  }));
}

/** Takes a model and says what pi made of it. */
export async function chooseModel({ attachment }: SessionView, { provider, id }: PiModel): Promise<void> {
  await attempt(async () => {
    const model = await attachment.setModel(provider, id);
    toasts.say(`Model: ${model.provider}/${model.id}`);
  });
}

/** The thinking levels of the present model. */
export async function thinkingChoices({ attachment, transcript }: SessionView): Promise<Choice<string>[]> {
  const levels = await thinkingLevels(attachment);
  const current = transcript.live.pi?.thinkingLevel;
  return levels.map((level) => ({
    value: level,
    label: level,
    detail: thinkingWords[level] ?? "",
    isCurrent: level === current,
  }));
}

/** Takes a level and says what pi made of it: a model may not go as far. */
export async function chooseThinking({ attachment }: SessionView, level: string): Promise<void> {
  await attempt(async () => toasts.say(`Thinking level: ${await setThinkingLevel(attachment, level)}`));
}
