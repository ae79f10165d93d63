import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
import { announcerWithoutStyle } from "./adapter/announcer.ts";
import { daemonAdapter } from "./adapter/index.ts";

export default defineConfig({
  plugins: [
    announcerWithoutStyle(),
    sveltekit({
      adapter: daemonAdapter(),
      compilerOptions: { runes: true },
      // The same sources give the same build.
      version: { name: process.env["PIER_WEB_VERSION"] ?? "development" },
    }),
  ],
});
