/** The environment of programs under test: nothing of the person's own, a home of its own, no network wanted. */
export function processEnvironment(home: string, further: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH, LANG, TERM, TMPDIR } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...(LANG !== undefined && { LANG }),
    ...(TERM !== undefined && { TERM }),
    ...(TMPDIR !== undefined && { TMPDIR }),
    HOME: home,
    PI_OFFLINE: "1",
    PI_SKIP_VERSION_CHECK: "1",
    PI_TELEMETRY: "0",
    ...further,
  };
}
