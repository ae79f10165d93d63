export type { PiReport } from "./agent/pi-setup.ts";
export { findPi } from "./agent/find-pi.ts";
export { childEnvironment } from "./agent/child-environment.ts";
export { readPiVersion } from "./agent/pi-version.ts";
export { localTokenPath } from "./auth/index.ts";
export { startDaemon } from "./daemon.ts";
export type { Daemon, DaemonOptions } from "./daemon-options.ts";
export { dataDirectory, readDaemonFile } from "./store/index.ts";
export { serverVersion } from "./version.ts";
