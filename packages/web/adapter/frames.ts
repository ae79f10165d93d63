import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Writes the pages that the interface shows in frames of their own, each with all of its scripts inside: the daemon serves
 * them in a sandbox that lets them load nothing, and allows these scripts by their digests.
 */
export function writeFrames(folder: string): void {
  const mermaid = join(dirname(createRequire(import.meta.url).resolve("mermaid/package.json")), "dist/mermaid.min.js");
  write(folder, "diagram", [readFileSync(mermaid, "utf8"), ownScript("diagram")]);
  write(folder, "remote-image", [ownScript("remote-image")]);
}

function ownScript(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../frames/${name}.js`, import.meta.url)), "utf8");
}

function write(folder: string, name: string, scripts: readonly string[]): void {
  const elements = scripts.map((script) => `<script>${insideHtml(script)}</script>`).join("\n");
  const style = "body{margin:0}img{display:block;max-width:100%;max-height:100vh}";
  const head = `<meta charset="utf-8"><title>${name}</title><style>${style}</style>`;
  writeFileSync(join(folder, `${name}.html`), `<!doctype html>\n<html lang="en">\n${head}\n<body>\n${elements}\n`);
}

/**
 * A script as it may stand in a page. `<!--` has a meaning in HTML; in strings and patterns of a script `\x3C` is the same.
 *
 * @throws Error when it would end its own element
 */
function insideHtml(script: string): string {
  if (/<\/script/i.test(script)) throw new Error("A script for a frame contains its own end.");
  return script.replaceAll("<!--", "\\x3C!--").replaceAll("\r\n", "\n");
}
