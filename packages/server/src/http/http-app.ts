import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { Auth } from "../auth/index.ts";
import type { BranchesService } from "../branches.ts";
import type { FilesService } from "../files/index.ts";
import type { SessionsService } from "../sessions-service.ts";
import type { AuditLog } from "../store/index.ts";
import type { UploadsService } from "../uploads/create-uploads.ts";
import type { WorkspaceConfigs } from "../workspace/workspace-configs.ts";

/** The HTTP server with types from its schemas. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface HttpConfig {
  /** The prefix under which Pier is served, as `/pier`; "" for none. */
  basePath: string;
  /** Where the built web interface lies, if it comes with this daemon. */
  webFolder?: string;
  /** The daemon's own certificate and key, in PEM. */
  tls?: { cert: string; key: string };
  /** Ends the daemon; called after the answer went out. */
  onStop: () => void;
}

/** What the routes work with. */
export interface HttpParts {
  sessions: SessionsService;
  branches: BranchesService;
  files: FilesService;
  workspaceConfigs: Pick<WorkspaceConfigs, "read" | "write">;
  /** Approves an .envrc; answers which one. */
  allowDirenv: (path: string) => Promise<string>;
  uploads: UploadsService;
  auth: Auth;
  audit: AuditLog;
  config: HttpConfig;
  log: FastifyBaseLogger;
  serverId: string;
  /** Pier's own version. */
  version: string;
  /** The machine's name, its person's home folder, and where sessions work that do not say where. */
  machine: { hostname: string; home: string; folder: string };
  /** Which pi answers; its version is known once it was probed. */
  piInfo: () => { version?: string; demo: boolean };
}
