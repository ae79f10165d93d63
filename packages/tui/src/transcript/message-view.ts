import type { AgentMessage, OpenMessage } from "@pier/protocol";
import type { Block } from "../screen/block.ts";

/** One message on the screen, from its first word to its last. */
export interface MessageView extends Block {
  /** Shows what is there of a message in flight. */
  update(open: OpenMessage): void;
  /** Shows the finished message; it settles. */
  finish(message: AgentMessage): void;
}
