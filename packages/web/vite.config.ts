import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { announcerWithoutStyle } from "./adapter/announcer.ts";
import { chunkGroups } from "./adapter/chunks.ts";
import { daemonAdapter } from "./adapter/index.ts";
import { katexStyles } from "./adapter/katex-styles.ts";
import { withoutServerData } from "./adapter/without-server-data.ts";

export default defineConfig({
  // The policy of the page knows no fonts and scripts inside addresses (`data:`).
  build: { assetsInlineLimit: 0 },
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } } } },
  },
  // Its parts are loaded when they are needed, as those of the page are.
  worker: { format: "es" },
  plugins: [
    announcerWithoutStyle(),
    katexStyles(),
    withoutServerData(),
    sveltekit({
      adapter: daemonAdapter(),
      // The adapter writes it, and the page registers it when somebody is signed in.
      serviceWorker: { register: false },
      compilerOptions: { runes: true },
      // The same sources give the same build.
      version: { name: process.env["PIER_WEB_VERSION"] ?? "development" },
    }),
  ],
});
