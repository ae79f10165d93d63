/**
 * Settings that come before a repository's own: nothing that its configuration names is run, a repository that lies
 * about where it is does not count, and nothing is fetched.
 */
export const gitSafeArguments: readonly string[] = [
  "--no-pager",
  "--literal-pathspecs",
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit", "submodule.recurse=false"]
    .map((setting) => ["-c", setting])
    .flat(),
];

/** The environment of git: none of the variables that would lead it elsewhere, no questions, English words. */
export function gitEnvironment(
  base: Readonly<Record<string, string>>,
  settings: ReadonlyMap<string, string> = new Map(),
): Record<string, string> {
  const kept = Object.entries(base).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    // No protocol of this name exists: a partial clone must not fetch what it lacks.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
    // Not on the command line: a name may hold "=".
    GIT_CONFIG_COUNT: String(settings.size),
    ...Object.fromEntries(
      [...settings].flatMap(([name, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, name],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
