export { type ClientEnd, runTerminalClient, type TerminalClientOptions } from "./app/run-terminal-client.ts";
export { pickSession, type PickSessionOptions } from "./session-picker/pick-session.ts";
