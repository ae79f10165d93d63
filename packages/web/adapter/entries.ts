/** Where a page begins. It learns its path prefix before any of what follows runs. */
export const start = /client\/(?:entry|start|payload)\.js$/;

/** What it learned then. Others import this entry. */
export const payload = /client\/payload\.js$/;

/** What every page goes on with: SvelteKit's router, the layout, and the page for errors. */
export const app = /client\/client-entry\.js$|client-optimized\/(?:app|nodes\/[01])\.js$/;

/** The module of a page, by its number. */
export const page = /nodes\/([2-9]|[1-9]\d+)\.js$/;

/** Parts that a page asks for as soon as it has something to show, though it does not wait for them. */
export const soonAskedFor = /\/(?:Writing|Markdown|ToolBody)\.svelte$/;

/** The file that they make up. */
export const soonGroup = "soon";
