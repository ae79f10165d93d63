export type { PiReport } from "./agent/pi-setup.ts";
export { startDaemon } from "./daemon.ts";
export type { Daemon, DaemonOptions } from "./daemon-options.ts";
