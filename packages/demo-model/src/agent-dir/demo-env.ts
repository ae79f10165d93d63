const PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

/**
 * Environment for a pi that uses the demo model: `base` with the agent folder set and the network left alone.
 * HOME changes only when `home` is given.
 */
export function demoEnv(
  dir: string,
  base: NodeJS.ProcessEnv = process.env,
  { home }: { home?: string } = {},
): NodeJS.ProcessEnv {
  return {
    ...base,
    ...(PROXIES.some((name) => base[name]) ? withoutProxy(base) : {}),
    PI_CODING_AGENT_DIR: dir,
    PI_OFFLINE: "1",
    PI_SKIP_VERSION_CHECK: "1",
    PI_TELEMETRY: "0",
    ...(home === undefined ? {} : { HOME: home }),
  };
}

// A proxy would be asked for 127.0.0.1 and could only reach itself.
function withoutProxy(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const known = base.NO_PROXY ?? base.no_proxy;
  const hosts = [...(known ? [known] : []), "127.0.0.1", "localhost", "::1"].join(",");
  return { NO_PROXY: hosts, no_proxy: hosts };
}
