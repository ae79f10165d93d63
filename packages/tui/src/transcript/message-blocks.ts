import type { AgentMessage } from "@pier/protocol";
import type { Block } from "../screen/block.ts";
import { neutralise } from "../text/index.ts";
import { TextBlock } from "./text-block.ts";
import type { View } from "./view.ts";

/** Blocks for a finished message that was not shown while in flight. */
export function messageBlocks(message: AgentMessage, view: View): Block[] {
  return [new TextBlock(""), new TextBlock(view.theme.fg("muted", neutralise(JSON.stringify(message))))];
}
