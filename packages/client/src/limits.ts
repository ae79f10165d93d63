import { limits as wire } from "@pier/protocol/runtime";

/** Every limit of the client in one place. Times are milliseconds. */
export const limits = {
  /** Upper bound of the wait before the second attempt to connect; it doubles with each further one. The first is made at once. */
  backoffBase: 500,
  /** Upper bound of the wait between two attempts. */
  backoffMax: 30_000,
  /** How long a connection must have been open before the attempts are counted from zero again. */
  stable: 10_000,
  /** How long an attempt may take until `welcome`. */
  welcome: 10_000,
  /** How long a socket may take to close before it is abandoned and the next one is opened. */
  closing: 1_000,
  /** Without a frame for this long, `ping` is sent. */
  silence: 20_000,
  /** How long the answer to that ping may take. */
  pong: 10_000,
  /** The same when `reconnectNow` asks whether an open connection is still alive. */
  probe: 3_000,
  /** The same when the program hears that there is no network; with `closing`, three seconds until that is said. */
  offline: 2_000,
  /** Attachments of one connection. */
  attachments: wire.attachments,
  /** Commands of one connection that wait for their reply. */
  pendingCommands: wire.pendingCommands,
  /** How often one command is sent: a command that breaks every connection must not do so for ever. */
  commandSends: 32,
  /** Items of one transcript; beyond it the oldest are let go. */
  items: 10_000,
  /** Characters in the strings of one transcript's items; beyond it the oldest are let go. */
  characters: 64 * 1024 * 1024,
  /** Prompts of the transcript that can be brought back into the editor. */
  promptHistory: 100,
  /** The part of both that is left after the oldest items went. */
  trimTo: 0.9,
} as const;
