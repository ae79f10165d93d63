import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import staticAdapter from "@sveltejs/adapter-static";
import type { Adapter } from "@sveltejs/kit";
import { checkBudget } from "./budget.ts";
import { compress } from "./compress.ts";
import { writeFrames } from "./frames.ts";
import { readPageLoads } from "./page-loads.ts";
import { preloadScript } from "./preloads.ts";
import { writeServiceWorker } from "./service-worker.ts";
import { toTemplate } from "./template.ts";

/**
 * Builds what the daemon serves: SvelteKit's static site, its page made a template that fits any path prefix and a policy
 * without inline scripts, everything compressed ahead of time.
 */
export function daemonAdapter(folder = "build"): Adapter {
  const site = staticAdapter({ pages: folder, fallback: "index.html" });
  return {
    name: "pier",
    async adapt(builder) {
      await site.adapt(builder);
      const client = builder.getClientDirectory();
      const dictionary = join(builder.getBuildDirectory("generated"), "build/client-optimized/app.js");
      const loads = readPageLoads(join(client, ".vite", "manifest.json"), readFileSync(dictionary, "utf8"));
      builder.log.minor(checkBudget(folder, loads));
      const page = join(folder, "index.html");
      const { html, script, named } = toTemplate(readFileSync(page, "utf8"));
      writeFileSync(page, html);
      writeFileSync(join(folder, "start.js"), script);
      // The first script that runs: before anything waits for a style sheet.
      appendFileSync(join(folder, "boot.js"), preloadScript(loads, named));
      writeFrames(folder);
      writeServiceWorker(folder, named, loads);
      rmSync(join(folder, ".vite"), { recursive: true, force: true });
      await compress(folder);
    },
  };
}
