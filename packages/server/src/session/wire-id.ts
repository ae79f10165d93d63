/**
 * Ids under which commands go to pi. The daemon makes its own, so that clients cannot collide, and says by the first
 * letter whom the reply is for: that must still be known when another daemon reads the journal.
 */
export const wireIds = {
  /** The daemon asks for the state; the reply is an event for everyone. */
  state: "s:",
  /** A direct shell command; its reply is an event for everyone and goes to the asker as well. */
  bash: "b:",
  /** A prompt of the ledger. */
  prompt: "p:",
  /** Another command of a client. */
  command: "c:",
  /** Another question of the daemon. */
  question: "q:",
} as const;

export type WireIdKind = keyof typeof wireIds;

/** Whose reply this is; undefined for ids that are not ours. */
export function wireIdKind(id: string): WireIdKind | undefined {
  return (Object.keys(wireIds) as WireIdKind[]).find((kind) => id.startsWith(wireIds[kind]));
}
