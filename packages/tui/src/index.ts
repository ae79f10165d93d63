export { type ClientEnd, runTerminalClient, type TerminalClientOptions } from "./app/run-terminal-client.ts";
