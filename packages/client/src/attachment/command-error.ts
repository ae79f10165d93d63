/** A command that was not carried out; the message is pi's own where pi answered. */
export class CommandError extends Error {
  /** The command's type. */
  readonly command: string;
  /** Why it never reached pi; absent when pi itself refused. */
  readonly code: string | undefined;

  constructor(command: string, message: string, code?: string) {
    super(message);
    this.name = "CommandError";
    this.command = command;
    this.code = code;
  }
}
