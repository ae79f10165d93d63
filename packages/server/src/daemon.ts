import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { clientFrames, commands } from "@pier/protocol";
import { pino } from "pino";
import { checkFolder } from "./agent/check-folder.ts";
import { childEnvironment } from "./agent/child-environment.ts";
import { classifierFor } from "./agent/classify.ts";
import { Demo } from "./agent/demo.ts";
import { createLauncher } from "./agent/launcher.ts";
import { PiSetup } from "./agent/pi-setup.ts";
import { sessionFiles } from "./agent/session-files.ts";
import { createSessionProgram } from "./agent/session-program.ts";
import { checkBind, createAuth } from "./auth/index.ts";
import { createBranches } from "./branches.ts";
import type { Daemon, DaemonOptions } from "./daemon-options.ts";
import { allowEnvrc } from "./direnv/allow-envrc.ts";
import { Direnv } from "./direnv/direnv.ts";
import { AllowedRoots, createFiles, localPath, Trash } from "./files/index.ts";
import { GitSummaries } from "./git/git-summaries.ts";
import { readSummary } from "./git/read-summary.ts";
import { createHttp, parseBasePath, stripBasePath } from "./http/index.ts";
import { listen } from "./listen.ts";
import { PiServerSession } from "./pi-server-session.ts";
import { PiSessionIndex } from "./pi-sessions/pi-session-index.ts";
import { PiSessionsWatch } from "./pi-sessions/pi-sessions-watch.ts";
import { sessionsFolder } from "./pi-sessions/sessions-folder.ts";
import { readCertificate } from "./read-certificate.ts";
import { Sessions } from "./sessions.ts";
import { socketAuth } from "./socket-auth.ts";
import { lockDataDirectory, openAuditLog, openStore, removeDaemonFile, writeDaemonFile } from "./store/index.ts";
import { systemClock } from "./system-clock.ts";
import { createUploads } from "./uploads/create-uploads.ts";
import { LooseFiles } from "./uploads/loose-files.ts";
import { serverVersion } from "./version.ts";
import { checkFrameScopes } from "./websocket/check-frame-scopes.ts";
import { createPiface } from "./websocket/compat/piface.ts";
import { createV1Dialect } from "./websocket/compat/v1.ts";
import { Hub } from "./websocket/hub.ts";
import { setupApproval } from "./workspace/setup-approval.ts";
import { WorkspaceConfigs } from "./workspace/workspace-configs.ts";
import { Worktrees } from "./workspace/worktrees.ts";

/**
 * Puts the daemon together and listens.
 *
 * @throws PierError `CONFLICT` (another daemon uses the data directory, or the port is taken), `STORAGE`,
 * `BAD_REQUEST` (an address that must not be listened on)
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const {
    host = "127.0.0.1",
    dataDir,
    cwd = homedir(),
    env = process.env,
    piServer = false,
    behindProxy = false,
  } = options;
  const basePath = parseBasePath(options.basePath ?? "");
  const tls = readCertificate(options.tlsCert, options.tlsKey);
  checkFrameScopes({ ...clientFrames, ...commands });
  checkBind(host, { tls: tls !== undefined, behindProxy });
  // A proxy on this machine is the usual one.
  const proxies = options.proxies ?? (behindProxy ? ["127.0.0.1", "::1"] : []);
  checkFolder(cwd);
  const home = env.HOME || homedir();
  const roots = (options.roots ?? []).map((root) => localPath(root, home));
  roots.forEach((root) => checkFolder(root));
  const lock = lockDataDirectory(dataDir);
  const log = pino({ level: options.logLevel ?? "warn", base: null }, pino.destination({ fd: 2, sync: true }));
  const store = openStore(dataDir);
  const audit = openAuditLog(dataDir, {
    onError: (error) => log.error({ error: error.message }, "the audit log could not be written"),
  });
  const childEnv = childEnvironment(env);
  const demoModel = new Demo(dataDir, childEnv);
  const setup = new PiSetup({ cliPath: options.piCliPath, demo: options.demo ?? false, demoModel, env, childEnv, cwd });
  const runFolder = join(dataDir, "run");
  mkdirSync(runFolder, { recursive: true, mode: 0o700 });

  const direnv = new Direnv({ enabled: options.direnv ?? true, env: childEnv });
  const sessionProgram = createSessionProgram({ environment: (demo) => setup.environment(demo), direnv });
  const git = new GitSummaries({
    read: (folder) => readSummary(folder, childEnv),
    clock: systemClock,
    onChange: (folder) => sessions.folderChanged(folder),
  });
  const sessions: Sessions = new Sessions({
    rows: store.sessions,
    trash: new Trash({ home, env }),
    piSessions: new PiSessionIndex(sessionsFolder(childEnv, home), Date.now),
    ledger: store.prompts,
    launcher: createLauncher({
      runFolder,
      pi: () => setup.pi(),
      piArgs: options.piArgs ?? [],
      sessionProgram,
    }),
    files: sessionFiles,
    classifierFor,
    clock: systemClock,
    encode: (text) => Buffer.from(text),
    newId: randomUUID,
    runId: randomUUID().slice(0, 8),
    uiTimeout: options.uiTimeout ?? 60_000,
    watched: () => hub.watched,
    git,
    worktrees: new Worktrees({ env: childEnv, runFolder, direnv, sessionProgram, approvals: store.approvals }),
    settings: (folder) => workspaceConfigs.effective(folder),
    demo: () => setup.demo(),
    models: async () => (await setup.report()).models,
    onChange: (id) => {
      hub.sessionChanged(id);
      piface.sessionChanged(id);
    },
    takeUploads: (session, ids) => uploads.take(session, ids),
    onDropped: () => loose.sweep(),
    onLog: (level, message, detail) => log[level](detail ?? {}, message),
    audit: (action, target) => audit.append({ device: null, address: "", action, target, outcome: "ok" }),
  });
  const defaultSession = new PiServerSession({ sessions, cwd });
  const auth = createAuth({
    dataDir,
    devices: store.devices,
    config: {
      host,
      port: options.port,
      tls: tls !== undefined,
      basePath,
      allowHosts: options.allowHosts ?? [],
      proxies,
    },
  });
  const piInfo = () => {
    const { version, demo } = setup.latest;
    return { ...(version !== undefined && { version }), demo: demo !== false };
  };
  const v1 = createV1Dialect({
    auth: socketAuth(auth),
    serverId: store.meta.serverId,
    defaultSession: () => defaultSession.get(),
    trustLoopback: piServer,
  });
  const piface = createPiface({ session: (id) => sessions.session(id) });
  const hub: Hub = new Hub({
    auth: socketAuth(auth),
    session: (id) => sessions.session(id),
    list: () => sessions.all(),
    find: (id) => sessions.find(id),
    welcome: () => ({
      serverId: store.meta.serverId,
      serverVersion,
      pi: piInfo(),
    }),
    onWatchersChanged: () => {
      sessions.viewersChanged();
      piWatch.viewersChanged();
    },
    dialects: new Map([[1, v1]]),
    byAddress: (url) => piface.at(stripBasePath(url, basePath)),
  });
  const piWatch = new PiSessionsWatch({
    clock: systemClock,
    watched: () => hub.watched,
    look: () => sessions.piSessions.look(),
    onChange: () => hub.piSessionsChanged(),
  });
  const allowedRoots = new AllowedRoots({
    roots: [home, ...roots],
    sessionFolders: () => sessions.folders(),
    closed: dataDir,
  });
  const workspaceConfigs = new WorkspaceConfigs({
    home,
    roots: allowedRoots,
    origin: (folder) => sessions.originOf(folder),
    onWritten: (folder, { setup: { command } = {} }) => {
      if (command !== undefined) store.approvals.approve(setupApproval(folder, command));
    },
  });
  const loose = new LooseFiles(store.uploads);
  const uploads = createUploads({ rows: store.uploads, loose, get: (id) => sessions.get(id), now: Date.now });
  const branches = createBranches({
    get: (id) => sessions.get(id),
    row: (id) => sessions.session(id).row,
    open: (row) => sessions.open(row),
    loose,
    now: Date.now,
  });
  const stopRequest = Promise.withResolvers<void>();
  const http = createHttp({
    sessions,
    branches,
    workspaceConfigs,
    allowDirenv: (path) => allowEnvrc(path, { direnv, roots: allowedRoots, home }),
    uploads,
    files: createFiles({ home, roots: allowedRoots, env: childEnv }),
    auth,
    audit,
    log,
    serverId: store.meta.serverId,
    version: serverVersion,
    machine: { hostname: hostname(), home, folder: cwd },
    piInfo,
    config: {
      basePath,
      onStop: () => stopRequest.resolve(),
      ...(tls && { tls }),
      ...(options.webFolder !== undefined && { webFolder: options.webFolder }),
    },
  });
  http.server.on("upgrade", (request, socket, head) => hub.upgrade(request, socket, head));

  let isRecovered = false;
  const leave = async (): Promise<void> => {
    // Before all sessions were found again nobody knows who uses it.
    const isDemoUsed = !isRecovered || sessions.all().some((session) => session.demo && session.pid !== undefined);
    git.close();
    piWatch.stop();
    await hub.close();
    // Turns that go on need the model; without any it would stay for good. Nothing but the server keeps us running meanwhile.
    if (!isDemoUsed) await demoModel.stop();
    await http.close();
    removeDaemonFile(dataDir);
    await sessions.release();
    await demoModel.release();
    audit.close();
    store.close();
    lock.release();
  };
  try {
    loose.sweep();
    const recovered = sessions.recover().then(() => {
      isRecovered = true;
    });
    const port = await listen(http, host, options.port);
    auth.listensOn(port);
    const origin = `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
    const url = origin + basePath;
    writeDaemonFile(dataDir, {
      pid: process.pid,
      url,
      startedAt: Date.now(),
      version: serverVersion,
      ...(tls && { fingerprint: tls.fingerprint }),
    });
    const report = setup.report();
    if (piServer) void recovered.then(() => defaultSession.get()).catch((error: unknown) => log.error(String(error)));
    return {
      url,
      port,
      report,
      get paired() {
        return auth.devices().length > 1;
      },
      pair() {
        const { code, secret, expiresAt } = auth.pairing.mint({ scope: "admin" });
        return { link: `${url}/#pair=${secret}`, code, expiresAt };
      },
      stopRequested: stopRequest.promise,
      close: leave,
      async stop() {
        await Promise.all([hub.close(), sessions.park()]);
        await demoModel.stop();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}
