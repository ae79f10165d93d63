import { resolve } from "node:path";
import type { Daemon } from "@pier/server";
import { buildFolder } from "@pier/web";
import { dataDirOf } from "../daemon/local-daemon.ts";
import { type Io, isInteractive, print } from "../io.ts";
import type { ServeFlags } from "../program/serve-options.ts";
import { runUntilStopped } from "../serve/run-until-stopped.ts";
import { welcomeLines } from "../serve/welcome-lines.ts";
import { paintFor } from "../text/style.ts";

/** Under which name the daemon was started. */
export interface ServeAs {
  program: "pier" | "pi-server" | "piface";
}

/** `pier serve`, and its other names. Resolves when the daemon is gone. */
export async function serve(io: Io, flags: ServeFlags, piArgs: readonly string[], { program }: ServeAs): Promise<void> {
  const { startDaemon } = await import("@pier/server");
  const dataDir = await dataDirOf(io, flags);
  const daemon: Daemon = await startDaemon({
    host: flags.host,
    port: flags.port,
    dataDir,
    piArgs,
    uiTimeout: flags.uiTimeout,
    env: io.env,
    webFolder: buildFolder,
    piServer: program === "pi-server",
    ...(flags.cwd !== undefined && { cwd: flags.cwd }),
    ...(flags.root && { roots: flags.root.map((root) => (root.startsWith("~") ? root : resolve(io.cwd, root))) }),
    ...(flags.piCliPath !== undefined && { piCliPath: flags.piCliPath }),
    direnv: flags.direnv,
    ...(flags.demo && { demo: true }),
    ...(flags.logLevel && { logLevel: flags.logLevel }),
    ...(flags.allowHost && { allowHosts: flags.allowHost }),
    ...(flags.behindProxy && { behindProxy: true }),
    ...(flags.tlsCert !== undefined && { tlsCert: flags.tlsCert }),
    ...(flags.tlsKey !== undefined && { tlsKey: flags.tlsKey }),
    ...(flags.proxy && { proxies: flags.proxy }),
    ...(flags.basePath && { basePath: flags.basePath }),
  });
  print(io, `Listening on ${daemon.url}`);
  const stopped = runUntilStopped(io, daemon, dataDir);
  const link = isInteractive(io) && !daemon.paired ? daemon.pair().link : null;
  const paint = paintFor(io.stdout, io.env);
  const { url } = daemon;
  const ownDataDir = flags.dataDir !== undefined;
  void daemon.report.then((report) => {
    for (const line of welcomeLines({ report, dataDir, link, program, url, ownDataDir, env: io.env, paint }))
      print(io, line);
  });
  await stopped;
}
