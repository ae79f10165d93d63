/** Stands in the page for the path prefix that the daemon is served under, "" or `/name`. */
const prefix = "%base%";

/**
 * Makes SvelteKit's page fit any prefix: its addresses get a mark that the daemon replaces, and its inline script becomes a
 * file that finds everything relative to itself. The daemon's policy allows no inline script. `named` are the files that the
 * page asks for by itself.
 *
 * @throws Error when the page is not as SvelteKit writes it today
 */
export function toTemplate(page: string): { html: string; script: string; named: string[] } {
  const [whole, code] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
  if (whole === undefined || code === undefined) throw new Error("The page has no inline script to take out.");
  const script = code
    .replace(/base: ""/, 'base: new URL(".", document.currentScript.src).pathname.slice(0, -1)')
    .replaceAll(/(import\()"\//g, '$1"./');
  if (!script.includes("document.currentScript.src")) throw new Error("The page's script says no base to replace.");
  const html = stylesFirst(page.replace(whole, `<script src="/start.js"></script>`)).replaceAll(
    /\b(href|src)="\//g,
    `$1="${prefix}/`,
  );
  const named = [...html.matchAll(/(?:href|src)="%base%\/([^"]+)"/g)].map(([, name = ""]) => name);
  return { html, script: `${script.trim()}\n`, named };
}

/** Asked for before the scripts: a browser opens few connections, the first paint waits for styles, and so does `start.js`. */
function stylesFirst(page: string): string {
  const styles = page.match(/<link [^>]*rel="stylesheet">\s*/g) ?? [];
  const rest = styles.reduce((text, style) => text.replace(style, ""), page);
  return rest.replace(/(?=<link [^>]*rel="modulepreload">)/, styles.join(""));
}
