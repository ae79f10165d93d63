import { fileURLToPath } from "node:url";

/** Where `npm run build` puts the web interface; the daemon serves it from there. */
export const buildFolder = fileURLToPath(new URL("build/", import.meta.url));
