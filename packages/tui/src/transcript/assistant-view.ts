import type { AgentMessage, AssistantMessage, OpenMessage } from "@pier/protocol";
import { Stack } from "../screen/stack.ts";
import { bodyText, neutralise } from "../text/index.ts";
import type { MessageView } from "./message-view.ts";
import { TextBlock } from "./text-block.ts";
import type { View } from "./view.ts";

export class AssistantView extends Stack implements MessageView {
  readonly #view: View;

  constructor(view: View) {
    super();
    this.#view = view;
  }

  update(open: OpenMessage): void {
    this.replace(open.blocks.flatMap((block) => [new TextBlock(""), new TextBlock(neutralise(block.text))]));
  }

  finish(message: AgentMessage): void {
    const { content } = message as AssistantMessage;
    this.replace(
      content.flatMap((part) => [
        new TextBlock(""),
        new TextBlock(
          part.type === "text"
            ? neutralise(bodyText(part.text))
            : part.type === "thinking"
              ? this.#view.theme.fg("thinkingText", neutralise(bodyText(part.thinking)))
              : neutralise(`${part.name} ${JSON.stringify(part.arguments)}`),
        ),
      ]),
    );
    this.open = false;
  }
}
