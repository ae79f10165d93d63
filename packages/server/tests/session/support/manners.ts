/** In what versions of pi differ, as far as the daemon can tell. */
export interface Manner {
  version: string;
  /** Whether a message's line comes to the file before its `message_end`. */
  fileFirst: boolean;
  /** Whether the file appears with the first user's message; otherwise with the first answer. */
  fileFromUser: boolean;
  /** Whether the answer to an unknown command repeats its id. */
  namesUnknown: boolean;
  /** Whether a `message_update` repeats the message so far. */
  cumulative: boolean;
  /** Whether `agent_settled` comes. */
  settles: boolean;
  /** Whether the prompt for the model is a message. */
  system: boolean;
  /** Whether a direct shell command tells its output while it runs. */
  bashUpdates: boolean;
  /** Whether a direct shell command that ends during a turn comes to the file at the turn's end; otherwise with the next prompt. */
  flushesBash: boolean;
  /** Whether a reply to a prompt says what became of it. */
  disposition: boolean;
}

const newer = {
  fileFirst: true,
  namesUnknown: true,
  cumulative: false,
  settles: true,
  system: true,
  bashUpdates: true,
  flushesBash: true,
} as const;

export const manners: readonly [Manner, Manner, Manner] = [
  {
    version: "0.74.2",
    fileFirst: false,
    fileFromUser: false,
    namesUnknown: false,
    cumulative: true,
    settles: false,
    system: false,
    bashUpdates: false,
    flushesBash: false,
    disposition: false,
  },
  { ...newer, version: "0.87.1", fileFromUser: false, disposition: false },
  { ...newer, version: "1.5.2", fileFromUser: true, disposition: true },
];
