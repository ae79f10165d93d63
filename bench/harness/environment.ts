import { join } from "node:path";

/** The environment of measured programs: a home of their own, nothing of the person's. */
export function benchEnvironment(home: string, further: Record<string, string> = {}): Record<string, string> {
  const { PATH = "", TMPDIR } = process.env;
  return {
    PATH,
    ...(TMPDIR !== undefined && { TMPDIR }),
    HOME: home,
    PI_CODING_AGENT_DIR: join(home, ".pi", "agent"),
    PI_OFFLINE: "1",
    PI_SKIP_VERSION_CHECK: "1",
    PI_TELEMETRY: "0",
    ...further,
  };
}
