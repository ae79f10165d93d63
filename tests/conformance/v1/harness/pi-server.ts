import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DemoModel, startDemoModel, writeDemoAgentDir } from "@pier/demo-model";
import type { Scope } from "@pier/protocol";
import { classifierFor } from "../../../../packages/server/src/agent/classify.ts";
import { findPi } from "../../../../packages/server/src/agent/find-pi.ts";
import { createLauncher } from "../../../../packages/server/src/agent/launcher.ts";
import { sessionFiles } from "../../../../packages/server/src/agent/session-files.ts";
import { createAuth } from "../../../../packages/server/src/auth/index.ts";
import { Trash } from "../../../../packages/server/src/files/index.ts";
import { PiSessionIndex } from "../../../../packages/server/src/pi-sessions/pi-session-index.ts";
import type { Session } from "../../../../packages/server/src/session/session.ts";
import { Sessions } from "../../../../packages/server/src/sessions.ts";
import { socketAuth } from "../../../../packages/server/src/socket-auth.ts";
import { openStore } from "../../../../packages/server/src/store/index.ts";
import { systemClock } from "../../../../packages/server/src/system-clock.ts";
import { createV1Dialect } from "../../../../packages/server/src/websocket/compat/v1.ts";
import { Hub } from "../../../../packages/server/src/websocket/hub.ts";
import { piCli, piVersion } from "../../../harness/pi-under-test.ts";
import { processEnvironment } from "../../../harness/process-environment.ts";

export interface PiServerOptions {
  /** Options for pi. */
  piArgs?: string[];
  /** A fixture of `tests/fixtures/agents` in pi's place. */
  agent?: string;
  trustLoopback?: boolean;
  /** ms a dialog waits while nobody sees it. */
  uiTimeout?: number;
}

/** The parts of the daemon that version 1 needs, in this process, with one session on a pi of its own. */
export interface PiServer {
  readonly url: string;
  readonly port: number;
  readonly session: Session;
  readonly model: DemoModel;
  /** The token of a device with this scope. */
  token(scope: Scope): string;
  /** Takes the device's token away. */
  revoke(scope: Scope): void;
  /** Ends connections as a daemon that stops does. */
  shutDown(): Promise<void>;
  dispose(): Promise<void>;
}

export async function startPiServer(options: PiServerOptions = {}): Promise<PiServer> {
  const root = mkdtempSync(join(tmpdir(), "pier-v1-"));
  const folder = join(root, "project");
  mkdirSync(folder);
  const model = await startDemoModel({ stepDelayMs: 0 });
  const agentDir = join(root, ".pi", "agent");
  await writeDemoAgentDir(agentDir, { port: model.port });
  const env = processEnvironment(root, { PI_CODING_AGENT_DIR: agentDir }) as Record<string, string>;
  const store = openStore(join(root, "data"));
  const auth = createAuth({
    dataDir: join(root, "data"),
    devices: store.devices,
    config: { host: "127.0.0.1", port: 0, tls: false, basePath: "", allowHosts: [], proxies: [] },
  });
  const program = findPi(options.agent === undefined ? piCli : agentPath(options.agent), {});
  const version = options.agent === undefined ? piVersion : "0.87.1";
  const sessions = new Sessions({
    rows: store.sessions,
    trash: new Trash({ home: root, env: {} }),
    piSessions: new PiSessionIndex(join(root, "none"), Date.now),
    ledger: store.prompts,
    launcher: createLauncher({
      runFolder: join(root, "run"),
      pi: async () => ({ program, version }),
      piArgs: options.piArgs ?? [],
      sessionProgram: async ({ cwd }, command) => ({ ...command, cwd, env }),
    }),
    files: sessionFiles,
    classifierFor,
    clock: systemClock,
    encode: (text) => Buffer.from(text),
    newId: randomUUID,
    runId: randomUUID().slice(0, 8),
    uiTimeout: options.uiTimeout ?? 60_000,
    watched: () => hub.watched,
    demo: async () => false,
    models: async () => [],
    onChange: () => {},
    onLog: () => {},
    takeUploads: () => ({ files: [], images: [] }),
    onDropped: () => {},
    audit: () => {},
  });
  const { id } = await sessions.create({ cwd: folder });
  const session = sessions.session(id);
  const dialect = createV1Dialect({
    auth: socketAuth(auth),
    serverId: store.meta.serverId,
    defaultSession: async () => session,
    trustLoopback: options.trustLoopback ?? false,
  });
  const hub: Hub = new Hub({
    auth: socketAuth(auth),
    session: (wanted) => sessions.session(wanted),
    list: () => sessions.all(),
    find: (wanted) => sessions.find(wanted),
    welcome: () => ({ serverId: store.meta.serverId, serverVersion: "0", pi: { demo: false } }),
    onWatchersChanged: () => {},
    dialects: new Map([[1, dialect]]),
  });
  const server = createServer();
  server.on("upgrade", (request, socket, head) => hub.upgrade(request, socket, head));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  auth.listensOn(port);

  const devices = new Map<Scope, { id: string; token: string }>();
  const device = (scope: Scope): { id: string; token: string } => {
    const known = devices.get(scope);
    if (known) return known;
    const { secret } = auth.pairing.mint({ scope });
    const { device: paired, token } = auth.pairing.exchange(secret, { name: scope, address: "127.0.0.1" });
    const made = { id: paired.id, token };
    devices.set(scope, made);
    return made;
  };
  return {
    url: `ws://127.0.0.1:${port}/`,
    port,
    session,
    model,
    token: (scope) =>
      scope === "admin" ? readFileSync(join(root, "data", "local-token"), "utf8").trim() : device(scope).token,
    revoke: (scope) => auth.revoke(device(scope).id),
    shutDown: () => hub.close(),
    async dispose() {
      await hub.close();
      server.close();
      await session.close();
      await model.close();
      store.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function agentPath(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/agents/${name}.mjs`, import.meta.url));
}
