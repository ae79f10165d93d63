// One page for all addresses, made in the browser: the daemon only hands out files.
export const ssr = false;
export const prerender = false;
