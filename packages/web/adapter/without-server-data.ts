import type { Plugin } from "vite";

/**
 * SvelteKit's client can read all that a server serialised, and keeps the states of the history in the same form. These pages
 * have no such server and states that JSON can say, so JSON does it: the code of the other form would be a part of the first
 * load. What needs more fails with words, so that a page which begins to need it is noticed.
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
export const stringify = (value) => JSON.stringify(value), parse = (text) => JSON.parse(text);
export { none as unflatten, none as stringifyAsync, none as uneval };
export const defaultStringifyOperations = {}, defaultParseOperations = {}, filterArrayIndices = none;
export class DevalueError extends Error {}
`;
