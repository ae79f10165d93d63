import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type AuthConfig, createAuth } from "../../src/auth/index.ts";
import { openStore } from "../../src/store/index.ts";

export const defaultConfig: AuthConfig = {
  host: "127.0.0.1",
  port: 3141,
  tls: false,
  basePath: "",
  allowHosts: [],
  proxies: [],
};

/** Authentication over a store of its own, with a clock that the test turns. */
export function openAuth(config: Partial<AuthConfig> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "pier-test-"));
  const store = openStore(dataDir);
  const clock = { now: 1_700_000_000_000 };
  onTestFinished(() => {
    store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const auth = createAuth({
    dataDir,
    devices: store.devices,
    config: { ...defaultConfig, ...config },
    now: () => clock.now,
  });
  return { auth, store, dataDir, clock };
}
