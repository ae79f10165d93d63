/** What a program on the daemon's own machine needs to look at pi without being a daemon. */
export { childEnvironment } from "./agent/child-environment.ts";
export { findPi } from "./agent/find-pi.ts";
export { readPiVersion } from "./agent/pi-version.ts";
export { probeModels } from "./agent/probe-models.ts";
