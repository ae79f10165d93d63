/** Stands in the page for the path prefix that the daemon is served under, "" or `/name`. */
const prefix = "%base%";

/**
 * Makes SvelteKit's page fit any prefix: its addresses get a mark that the daemon replaces, and its inline script becomes a
 * file that finds everything relative to itself. The daemon's policy allows no inline script.
 *
 * @throws Error when the page is not as SvelteKit writes it today
 */
export function toTemplate(page: string): { html: string; script: string } {
  const [whole, code] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
  if (whole === undefined || code === undefined) throw new Error("The page has no inline script to take out.");
  const script = code
    .replace(/base: ""/, 'base: new URL(".", document.currentScript.src).pathname.slice(0, -1)')
    .replaceAll(/(import\()"\//g, '$1"./');
  if (!script.includes("document.currentScript.src")) throw new Error("The page's script says no base to replace.");
  const html = page
    .replace(whole, `<script src="/start.js"></script>`)
    .replaceAll(/\b(href|src)="\//g, `$1="${prefix}/`);
  return { html, script: `${script.trim()}\n` };
}
