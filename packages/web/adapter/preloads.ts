import type { PageLoad } from "./page-loads.ts";

/**
 * The script that asks for what a page needs while SvelteKit's own start is still on its way, which finds out only then: one
 * round trip instead of three. It runs as a file beside the page, before the style sheets that other scripts wait for.
 *
 * @param named what the page itself asks for already
 */
export function preloadScript(loads: readonly PageLoad[], named: readonly string[]): string {
  const files = loads.map(({ address, first, soon }): [string, string[]] => [
    address,
    [...first, ...soon].filter((file) => !named.includes(file)),
  ]);
  // For browsers that are told they are too old, as the rest of the file.
  return `(function () {
  var files = ${JSON.stringify(Object.fromEntries(files))};
  var base = new URL(".", document.currentScript.src);
  var address = location.pathname.slice(base.pathname.length).split("/", 1)[0];
  if (!Object.prototype.hasOwnProperty.call(files, address)) return;
  files[address].forEach(function (file) {
    var link = document.createElement("link");
    var isScript = /\\.js$/.test(file);
    link.rel = isScript ? "modulepreload" : "preload";
    if (!isScript) link.as = "style";
    // As Vite asks for it afterwards: else it is another request.
    link.crossOrigin = "";
    link.href = new URL(file, base).href;
    document.head.appendChild(link);
  });
})();
`;
}
