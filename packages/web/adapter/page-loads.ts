import { readFileSync } from "node:fs";

type Manifest = Record<string, { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[] }>;

/** Files of JS and CSS that a page loads. */
export interface PageLoad {
  /** What it needs before it works. */
  first: readonly string[];
  /** What it may ask for next, as far as one step goes. */
  next: readonly string[];
}

/** What each page loads, by the page's chunk, from Vite's manifest. */
export function readPageLoads(manifestFile: string): Map<string, PageLoad> {
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Manifest;
  const names = Object.keys(manifest);
  const common = names.filter((name) =>
    /client(?:-optimized)?\/(entry|start|app|payload)\.js$|nodes\/0\.js$/.test(name),
  );
  const pages = names.filter((name) => /nodes\/[1-9]\d*\.js$/.test(name));
  return new Map(
    pages.map((page) => {
      const chunks = chunksOf(manifest, [...common, page]);
      const next = [...chunks].flatMap((name) => manifest[name]?.dynamicImports ?? []);
      return [page, { first: filesOf(manifest, chunks), next: filesOf(manifest, chunksOf(manifest, next)) }];
    }),
  );
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
