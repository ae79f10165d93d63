/** Which of our packages each package may import: the direction of imports, see the architecture page. */
export const packageImports: Record<string, readonly string[]> = {
  protocol: [],
  client: ["protocol"],
  detached: [],
  "demo-model": [],
  server: ["protocol", "detached", "demo-model"],
  tui: ["client", "protocol"],
  web: ["client", "protocol"],
  cli: ["server", "tui", "web", "client", "protocol"],
};

/** Folders that hold more narrowly than their package; their tests are free. */
export const strictFolders: readonly StrictFolder[] = [
  { folder: "packages/protocol/src", libraries: ["typebox"], why: "protocol runs anywhere" },
  { folder: "packages/client/src", why: "client runs in a browser" },
  { folder: "packages/web/src", why: "web runs in a browser" },
  {
    folder: "packages/server/src/session",
    packages: ["protocol"],
    libraries: [],
    staysInside: true,
    mayReach: ["packages/server/src/limits.ts"],
    why: "session is pure: it imports only protocol, the limits and itself",
  },
];

/** None of them may import a `node:` module. */
export interface StrictFolder {
  folder: string;
  /** Our packages; the package's own row when absent. */
  packages?: readonly string[];
  /** Libraries by their first name segment(s); any when absent. */
  libraries?: readonly string[];
  /** Relative imports must not leave the folder. */
  staysInside?: boolean;
  /** Files outside the folder that it may import all the same. */
  mayReach?: readonly string[];
  why: string;
}
