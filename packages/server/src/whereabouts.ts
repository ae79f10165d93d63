/** How a program on the daemon's own machine finds it: loaded before anything else by every command, so it stays small. */
export { localTokenPath } from "./auth/local-token.ts";
export { readDaemonFile } from "./store/daemon-file.ts";
export { dataDirectory } from "./store/data-directory.ts";
export { isLocked } from "./store/is-locked.ts";
