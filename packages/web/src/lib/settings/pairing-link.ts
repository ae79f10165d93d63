/** The link among those the daemon names that another device can most likely open, and whether it can at all. */
export function pairingLink(links: readonly string[]): { link: string; isReachable: boolean } {
  const reachable = links.find((link) => !isLoopback(new URL(link).hostname));
  return { link: reachable ?? links[0] ?? "", isReachable: reachable !== undefined };
}

/** Whether a host name means the machine that asks. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || host.startsWith("127.");
}
