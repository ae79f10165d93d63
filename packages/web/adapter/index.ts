import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import staticAdapter from "@sveltejs/adapter-static";
import type { Adapter } from "@sveltejs/kit";
import { checkBudget } from "./budget.ts";
import { compress } from "./compress.ts";
import { writeFrames } from "./frames.ts";
import { readPageLoads } from "./page-loads.ts";
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
      const loads = readPageLoads(join(builder.getClientDirectory(), ".vite", "manifest.json"));
      builder.log.minor(checkBudget(folder, loads));
      const page = join(folder, "index.html");
      const { html, script } = toTemplate(readFileSync(page, "utf8"));
      writeFileSync(page, html);
      writeFileSync(join(folder, "start.js"), script);
      writeFrames(folder);
      writeServiceWorker(folder, [...loads.values()]);
      rmSync(join(folder, ".vite"), { recursive: true, force: true });
      await compress(folder);
    },
  };
}
