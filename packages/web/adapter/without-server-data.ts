import type { Plugin } from "vite";

/**
 * SvelteKit's client can read what its server serialised; these pages have no such server, and the code for it is a part of
 * the first load. What would call it fails with words, so that a page which begins to need it is noticed.
 */
export function withoutServerData(): Plugin {
  return {
    name: "pier-without-server-data",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    resolveId: (id) => (id === "devalue" ? stubId : null),
    load: (id) => (id === stubId ? stub : null),
  };
}

const stubId = "\0pier-devalue";

const stub = `const none = () => { throw new Error("Pier's pages have no data of a server."); };
export { none as parse, none as unflatten, none as stringify, none as stringifyAsync, none as uneval };
export const defaultStringifyOperations = {}, defaultParseOperations = {}, filterArrayIndices = none;
export class DevalueError extends Error {}
`;
