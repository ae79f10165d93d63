/** What is started: a program and its arguments. */
export interface Program {
  command: string;
  args: readonly string[];
}
