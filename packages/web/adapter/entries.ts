/** Modules by which every page begins: those of SvelteKit, the layout, and the page for errors. */
export const common = /client(?:-optimized)?\/(?:entry|start|app|payload)\.js$|nodes\/[01]\.js$/;

/** The module of a page, by its number. */
export const page = /nodes\/([2-9]|[1-9]\d+)\.js$/;

/** Parts that a page asks for as soon as it has something to show, though it does not wait for them. */
export const soonAskedFor = /\/(?:Writing|Markdown|ToolBody)\.svelte$/;

/** The file that they make up. */
export const soonGroup = "soon";
