import type { Component, Focusable } from "../pi-tui/index.ts";

/** Something that takes the editor's place until it is done: a question, a list to choose from. */
export interface Panel extends Component, Focusable {
  handleInput(data: string): void;
  /** Whether it may cover the end of the transcript: a list does, a question about what is said there does not. */
  readonly covers: boolean;
  /** Whether it gives way to any other panel: what goes on need not be seen while a question is open. */
  readonly yields?: boolean;
}
