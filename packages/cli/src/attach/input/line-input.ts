/** Lines of a person, or of a program that pipes them. */
export interface LineInput {
  /** What is typed but not sent. */
  readonly line: string;
  /** Replaces what is typed. */
  setLine(text: string): void;
  close(): void;
}

export interface LineInputEvents {
  /** A line was sent; pasted ones come as one text. */
  onLine(text: string): void;
  /** What is typed changed. */
  onEdit(line: string, cursor: number): void;
  /** Ctrl+C */
  onInterrupt(): void;
  /** Ctrl+D on an empty line, or the end of what is piped. */
  onEnd(): void;
}
