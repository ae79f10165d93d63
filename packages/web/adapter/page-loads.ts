import { readFileSync } from "node:fs";
import { app, soonGroup, start } from "./entries.ts";

interface Chunk {
  file: string;
  name?: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}
type Manifest = Record<string, Chunk>;

/** Files of JS and CSS that a page loads. */
export interface PageLoad {
  /** The first part of its address below the path prefix; "" for the list. */
  address: string;
  /** What it needs before it works. */
  first: readonly string[];
  /** Of `next`, what it asks for as soon as it has something to show. */
  soon: readonly string[];
  /** What it may ask for next, as far as one step goes. */
  next: readonly string[];
}

/**
 * What each page loads, from Vite's manifest.
 *
 * @param dictionary the module of SvelteKit that says which chunk is the page of which route
 * @throws Error when it is not as SvelteKit writes it today
 */
export function readPageLoads(manifestFile: string, dictionary: string): PageLoad[] {
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Manifest;
  const names = Object.keys(manifest);
  const shared = names.filter((name) => start.test(name) || app.test(name));
  const routes = [...dictionary.matchAll(/"\/([^"/]*)[^"]*": \[(\d+)\]/g)];
  if (routes.length === 0) throw new Error("SvelteKit's list of pages is not as it was.");
  return routes.map(([, address = "", node]) => {
    const page = names.find((name) => name.endsWith(`nodes/${node}.js`));
    if (page === undefined) throw new Error(`The page /${address} has no chunk.`);
    const chunks = chunksOf(manifest, [...shared, page]);
    const first = filesOf(manifest, chunks);
    const next = [...chunks].flatMap((name) => manifest[name]?.dynamicImports ?? []);
    const soon = next.filter((name) => manifest[name]?.name === soonGroup);
    const filesAfter = (roots: string[]): string[] =>
      filesOf(manifest, chunksOf(manifest, roots)).filter((file) => !first.includes(file));
    return { address, first, soon: filesAfter(soon), next: filesAfter(next) };
  });
}

/** These chunks and all that they import. */
function chunksOf(manifest: Manifest, roots: readonly string[]): Set<string> {
  const chunks = new Set<string>();
  const visit = (name: string): void => {
    if (chunks.has(name)) return;
    chunks.add(name);
    manifest[name]?.imports?.forEach(visit);
  };
  roots.forEach(visit);
  return chunks;
}

function filesOf(manifest: Manifest, chunks: ReadonlySet<string>): string[] {
  const files = [...chunks].flatMap((name) => {
    const chunk = manifest[name];
    return chunk ? [chunk.file, ...(chunk.css ?? [])] : [];
  });
  return [...new Set(files)];
}
