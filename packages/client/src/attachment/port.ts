import type { ClientFrame } from "@pier/protocol";
import type { ClientError } from "../client-error.ts";
import type { ConnectionStatus } from "../connection/connection-state.ts";
import type { CommandBudget } from "./command-budget.ts";

/** What an attachment asks of its connection. */
export interface Port {
  readonly budget: CommandBudget;
  status(): ConnectionStatus;
  /** The largest frame that the daemon takes, in bytes. */
  frameLimit(): number;
  /** @returns whether the frame was handed to an open connection */
  send(frame: ClientFrame): boolean;
  /** The same for a frame that was encoded before. */
  sendText(text: string): boolean;
  /** Calls back when everything the daemon had sent before it saw this call was received; not after a lost connection. */
  roundTrip(done: () => void): void;
  /** Tells of an error that nobody waits for. */
  report(error: ClientError): void;
  /** The attachment is over. `attached`: the daemon still sends to it and must be told. */
  forget(attached: boolean): void;
}
