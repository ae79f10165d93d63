import type { Rolldown } from "vite";
import { app, page, payload, soonAskedFor, soonGroup, start } from "./entries.ts";

/**
 * Which file of the build a module goes into. A browser opens six connections to a daemon without HTTP/2, so that each
 * further file costs as much as many bytes: what a page loads together is one file. Whatever a module imports is in its group
 * or in one before it, so that no two files need each other. What is loaded later is left to Vite.
 */
export const chunkGroups: Rolldown.CodeSplittingGroup[] = [
  /^start$/,
  /^app$/,
  /^pages$/,
  /^page-/,
  /^shared$/,
  /^soon$/,
].map((names, at) => ({
  name: (id, modules) => {
    const name = chunkOf(id, modules);
    return name !== null && names.test(name) ? name : null;
  },
  priority: 10 - at,
}));

function chunkOf(id: string, modules: Rolldown.ChunkingContext): string | null {
  const isEntry = modules.getModuleInfo(id)?.isEntry === true;
  // SvelteKit looks for what its other entries import.
  if (isEntry && !payload.test(id)) return null;
  const entries = entriesOf(id, modules, false);
  if (entries.some((entry) => start.test(entry))) return "start";
  if (entries.some((entry) => app.test(entry))) return "app";
  const own = entries.find((entry) => page.test(entry));
  if (own === undefined) {
    if (!entries.some((entry) => soonAskedFor.test(entry))) return null;
    const isOfOnePage = new Set(entriesOf(id, modules, true)).size === 1;
    return isOfOnePage || entries.every((entry) => soonAskedFor.test(entry)) ? soonGroup : "shared";
  }
  // What comes later may serve other pages as well, which would need this whole one for it.
  const isAlone = entriesOf(id, modules, true).every((entry) => entry === own);
  return isAlone ? `page-${page.exec(own)?.[1]}` : "pages";
}

/**
 * The modules that are loaded by themselves and bring this one with them.
 *
 * @param later whether also by an `import()` of their own: then only those that SvelteKit begins with
 */
function entriesOf(id: string, modules: Rolldown.ChunkingContext, later: boolean): string[] {
  const seen = new Set([id]);
  const entries: string[] = [];
  // Grows while it is gone through.
  for (const module of seen) {
    const info = modules.getModuleInfo(module);
    if (!info) continue;
    if (info.isEntry || (!later && info.dynamicImporters.length > 0)) entries.push(module);
    if (info.isEntry) continue;
    for (const importer of [...info.importers, ...(later ? info.dynamicImporters : [])]) seen.add(importer);
  }
  return entries;
}
