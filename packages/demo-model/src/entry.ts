import { fileURLToPath } from "node:url";

/** Path of the program that runs the demo model by itself: `node DEMO_MODEL_ENTRY --port N`. */
export const DEMO_MODEL_ENTRY: string = fileURLToPath(new URL("main.ts", import.meta.url));
