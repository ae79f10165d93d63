import { createServer } from "node:net";
import type { Access } from "../daemon/access.ts";
import type { LocalDaemon } from "../daemon/local-daemon.ts";
import { limits } from "../limits.ts";
import { fetchOf } from "../transport/fetch-of.ts";
import type { Finding } from "./finding.ts";
import { portOwner } from "./port-owner.ts";

/** Whether the daemon has, or could have, its port. */
export async function checkPort(port: number, daemon: LocalDaemon | null): Promise<Finding> {
  const title = "Port";
  if (daemon) {
    const answers = await isHealthy(daemon);
    if (answers) return { title, state: "good", text: `the daemon (pid ${daemon.pid}) answers at ${daemon.url}` };
    return {
      title,
      state: "wrong",
      text: `the daemon (pid ${daemon.pid}) does not answer at ${daemon.url}: stop that process and start it again`,
    };
  }
  if (await isFree(port)) return { title, state: "good", text: `${port} is free, no daemon runs` };
  const owner = await portOwner(port);
  const who = (await isHealthy({ url: `http://127.0.0.1:${port}` }))
    ? "another Pier daemon, or one with another data folder,"
    : "another program";
  return {
    title,
    state: "wrong",
    text: `${port} is used by ${who}${owner === null ? "" : ` (${owner})`}: stop it, or use --port`,
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function isHealthy(access: Access): Promise<boolean> {
  try {
    const response = await fetchOf(access, limits.health)(`${access.url}/healthz`);
    return ((await response.json()) as { ok?: unknown } | null)?.ok === true;
  } catch {
    return false;
  }
}
