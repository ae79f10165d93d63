import manifest from "../package.json" with { type: "json" };

/** The version of the daemon. */
export const serverVersion: string = manifest.version;
