import { mkdirSync, readFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { Writable } from "node:stream";
import type { Scope, SessionInfo, WorkspaceConfig } from "@pier/protocol";
import { PierError } from "@pier/protocol";
import type { InjectOptions } from "fastify";
import pino from "pino";
import { onTestFinished, vi } from "vitest";
import { type AuthConfig, localTokenPath } from "../../src/auth/index.ts";
import type { BranchesService } from "../../src/branches.ts";
import { allowEnvrc } from "../../src/direnv/allow-envrc.ts";
import { Direnv } from "../../src/direnv/direnv.ts";
import { AllowedRoots, createFiles } from "../../src/files/index.ts";
import { createHttp, type HttpConfig } from "../../src/http/index.ts";
import type { SessionsService } from "../../src/sessions-service.ts";
import { openAuditLog } from "../../src/store/index.ts";
import { createUploads } from "../../src/uploads/create-uploads.ts";
import { LooseFiles } from "../../src/uploads/loose-files.ts";
import { WorkspaceConfigs } from "../../src/workspace/workspace-configs.ts";
import { openAuth } from "../auth/open-auth.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

export const info: SessionInfo = {
  id: "s1",
  cwd: "/srv/app",
  status: "live",
  activity: "idle",
  ephemeral: false,
  demo: false,
  origin: "pier",
  renderMarkdown: true,
  clients: 0,
  createdAt: 0,
  lastActiveAt: 1_000,
};

/** Stands in for the sessions: knows one session, `s1`. */
function sessionsStandIn() {
  const only = (id: string): SessionInfo => {
    if (id !== "s1") throw new PierError("SESSION_NOT_FOUND", `There is no session ${id}.`);
    return info;
  };
  return {
    list: vi.fn<SessionsService["list"]>(async () => ({ sessions: [info], total: 1 })),
    get: vi.fn<SessionsService["get"]>(only),
    create: vi.fn<SessionsService["create"]>(async () => info),
    kill: vi.fn<SessionsService["kill"]>(async (id) => only(id)),
    resume: vi.fn<SessionsService["resume"]>(async (id) => only(id)),
    update: vi.fn<SessionsService["update"]>(async (id, change) => ({ ...only(id), ...change })),
    remove: vi.fn<SessionsService["remove"]>(async (id) => {
      only(id);
      return { id, file: "trashed", trashed_to: "/trash/s1", message: "Its file is in the trash: /trash/s1." };
    }),
    markRead: vi.fn<SessionsService["markRead"]>(only),
    history: vi.fn<SessionsService["history"]>(async (id) => {
      only(id);
      return { messages: [], before: "b1" };
    }),
    search: vi.fn<SessionsService["search"]>(async (id) => {
      only(id);
      return { matches: [{ key: "s9", role: "user", snippet: "a cart" }], truncated: false };
    }),
    body: vi.fn<SessionsService["body"]>(async (id) => {
      only(id);
      return "<script>alert(1)</script>";
    }),
    worktree: vi.fn<SessionsService["worktree"]>(async (id) => {
      only(id);
      throw new PierError("NOT_FOUND", "It has none.");
    }),
    removeWorktree: vi.fn<SessionsService["removeWorktree"]>(async (id) => void only(id)),
    settleOffer: vi.fn<SessionsService["settleOffer"]>(async (id) => void only(id)),
    logs: vi.fn<SessionsService["logs"]>(async (id) => {
      only(id);
      return "boom";
    }),
    models: vi.fn<SessionsService["models"]>(async () => [{ provider: "p", id: "m" }]),
  };
}

/** Stands in for the branches of that session. */
function branchesStandIn(get: (id: string) => SessionInfo) {
  return {
    list: vi.fn<BranchesService["list"]>(async (id) => {
      get(id);
      return [];
    }),
    create: vi.fn<BranchesService["create"]>(async (id) => ({ info: get(id), text: "said" })),
  };
}

/** The whole HTTP side over a store of its own; `log` holds the lines that were logged. */
export function openHttp(changed: Partial<AuthConfig> = {}, config: Partial<HttpConfig> = {}) {
  const { auth, store, dataDir, clock } = openAuth(changed);
  const audit = openAuditLog(dataDir);
  const sessions = sessionsStandIn();
  const branches = branchesStandIn((id) => sessions.get(id));
  const uploads = createUploads({
    rows: store.uploads,
    loose: new LooseFiles(store.uploads),
    get: (id) => sessions.get(id),
    now: Date.now,
  });
  const home = temporaryFolder();
  mkdirSync(home);
  const roots = new AllowedRoots({ roots: [home], sessionFolders: () => [info.cwd], closed: dataDir });
  const env = { PATH: process.env["PATH"] ?? "", HOME: home };
  const onWritten = vi.fn<(folder: string, config: WorkspaceConfig) => void>();
  const onStop = vi.fn<() => void>();
  const log: string[] = [];
  const sink = new Writable({
    write(line, _, done) {
      log.push(String(line));
      done();
    },
  });
  const app = createHttp({
    sessions,
    branches,
    workspaceConfigs: new WorkspaceConfigs({ home, roots, origin: () => null, onWritten }),
    allowDirenv: (path) => allowEnvrc(path, { direnv: new Direnv({ enabled: true, env }), roots, home }),
    files: createFiles({ home, roots, env }),
    uploads,
    auth,
    audit,
    config: { basePath: changed.basePath ?? "", onStop, ...config },
    log: pino({ level: "trace" }, sink),
    serverId: store.meta.serverId,
    version: "0.1.0",
    machine: { hostname: "studio", home, folder: home },
    piInfo: () => ({ version: "1.5.2", demo: false }),
  });
  onTestFinished(async () => {
    await app.close();
    audit.close();
  });

  const local = readFileSync(localTokenPath(dataDir), "utf8").trim();
  const pair = (scope: Scope) =>
    auth.pairing.exchange(auth.pairing.mint({ scope }).secret, { address: "192.0.2.1", name: scope });
  /** A request as a program sends it; `token` null for none. */
  const call = (
    method: string,
    url: string,
    { token = local, ...rest }: InjectOptions & { token?: string | null } = {},
  ) =>
    app.inject({
      ...rest,
      method: method as "GET",
      url,
      headers: { host: "localhost:3141", ...(token !== null && { authorization: `Bearer ${token}` }), ...rest.headers },
    });
  const own = { sessions, branches, uploads, onStop, onWritten };
  return { ...own, app, auth, audit, store, dataDir, home, clock, log, local, pair, call };
}

/** Listens, and sends bytes as they are; answers all that came back until the server closed. */
export async function openRaw(opened: ReturnType<typeof openHttp>) {
  await opened.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = opened.app.server.address() as AddressInfo;
  opened.auth.listensOn(port);
  const send = (text: string): Promise<string> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    socket.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
    socket.on("error", reject).on("close", () => resolve(received));
    return promise;
  };
  return { port, send };
}
