import type { PiReport } from "./agent/pi-setup.ts";

export interface DaemonOptions {
  /** Where to listen; 127.0.0.1 by default. Other addresses need TLS or `behindProxy`. */
  host?: string;
  /** 0 picks one. */
  port: number;
  dataDir: string;
  /** The folder that `pi-server` starts its one session in, and where pi is asked for its models. */
  cwd?: string;
  /** Folders that may be looked at from other devices, beside the home folder and those of sessions. */
  roots?: readonly string[];
  /** `--pi-cli-path`. */
  piCliPath?: string;
  /** Options for every pi, as given after `--`. */
  piArgs?: readonly string[];
  /** Whether an .envrc counts for sessions; it does without it. */
  direnv?: boolean;
  /** ms a dialog waits while nobody sees it. */
  uiTimeout?: number;
  /** Use the demo model whatever pi has. */
  demo?: boolean;
  logLevel?: "silent" | "error" | "warn" | "info" | "debug";
  /** Further names that browsers may use for this daemon. */
  allowHosts?: readonly string[];
  /** A proxy or VPN in front encrypts. */
  behindProxy?: boolean;
  /** Files with the daemon's own certificate and key, in PEM. */
  tlsCert?: string;
  tlsKey?: string;
  /** Addresses of proxies whose X-Forwarded headers count; those of this machine with `behindProxy`. */
  proxies?: readonly string[];
  /** Path prefix behind a proxy, such as `/pier`. */
  basePath?: string;
  /** Speak to version 1 clients as `pi-server` does: one session started at once, loopback without a credential. */
  piServer?: boolean;
  /** Where the built web interface lies; without one the page says how to make it. */
  webFolder?: string;
  env?: NodeJS.ProcessEnv;
}

/** A running daemon. */
export interface Daemon {
  /** Such as `http://127.0.0.1:3141`, with the path prefix. */
  readonly url: string;
  readonly port: number;
  /** What is known of pi, once it was asked. */
  readonly report: Promise<PiReport>;
  /** Whether another device was ever paired. */
  readonly paired: boolean;
  /** Makes a single-use way in: a link with the code in its fragment, and a short code to type. */
  pair(): { link: string; code: string; expiresAt: number };
  /** Resolves when the daemon was asked to stop over REST (`pier stop`); the caller then calls `stop`. */
  readonly stopRequested: Promise<void>;
  /** Closes clients with 1012 and leaves every turn running. */
  close(): Promise<void>;
  /** Ends sessions in order, then the daemon. */
  stop(): Promise<void>;
}
