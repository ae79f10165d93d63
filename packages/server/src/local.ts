/** What a program on the daemon's own machine needs without being a daemon: to find it, and to look at pi. */
export { childEnvironment } from "./agent/child-environment.ts";
export { findPi } from "./agent/find-pi.ts";
export { readPiVersion } from "./agent/pi-version.ts";
export { probeModels } from "./agent/probe-models.ts";
export { localTokenPath } from "./auth/local-token.ts";
export { readDaemonFile } from "./store/daemon-file.ts";
export { dataDirectory } from "./store/data-directory.ts";
