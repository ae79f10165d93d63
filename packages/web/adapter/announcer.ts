import type { Plugin } from "vite";

/** SvelteKit's announcer of page changes is hidden by a style attribute, which the daemon's policy refuses; a class does it. */
export function announcerWithoutStyle(): Plugin {
  return {
    name: "pier-announcer",
    enforce: "pre",
    transform(code, id) {
      if (!code.includes('id="svelte-announcer"') || !/\.(svelte|js)$/.test(id)) return null;
      return code.replace(/(id="svelte-announcer"[^>]*?)\sstyle="[^"]*"/, '$1 class="visually-hidden"');
    },
  };
}
