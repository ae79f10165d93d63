import type { Component } from "../pi-tui/index.ts";

/** Something that takes the editor's place until it is done: a question, a list to choose from. */
export interface Panel extends Component {
  handleInput(data: string): void;
  /** Whether it may cover the end of the transcript: a list does, a question about what is said there does not. */
  readonly covers: boolean;
}
