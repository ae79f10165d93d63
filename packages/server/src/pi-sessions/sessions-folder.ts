import { join } from "node:path";
import { localPath } from "../files/index.ts";

/** Where pi keeps its sessions, with the environment that it gets. */
export function sessionsFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const { PI_CODING_AGENT_DIR: given = "" } = env;
  const isPath = given.startsWith("/") || given === "~" || given.startsWith("~/");
  return join(isPath ? localPath(given, home) : join(home, ".pi", "agent"), "sessions");
}
