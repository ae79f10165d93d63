import { type Command, Option } from "commander";
import { gather, parseBasePath, parseMilliseconds, parsePort } from "./parsers.ts";

/** What commander hands over for the options below. */
export interface ServeFlags {
  port: number;
  host: string;
  cwd?: string;
  root?: string[];
  piCliPath?: string;
  /** False with `--no-direnv`. */
  direnv: boolean;
  uiTimeout: number;
  dataDir?: string;
  demo?: boolean;
  logLevel?: "silent" | "error" | "warn" | "info" | "debug";
  allowHost?: string[];
  behindProxy?: boolean;
  tlsCert?: string;
  tlsKey?: string;
  proxy?: string[];
  basePath?: string;
}

/** The options that every name of the daemon has. */
export function addServeOptions(command: Command, { port }: { port: number }): Command {
  return command
    .optionsGroup("Where it listens:")
    .option("-p, --port <number>", "port to listen on; 0 picks a free one and prints it", parsePort, port)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--allow-host <name>", "a further name under which browsers reach it; repeatable", gather)
    .option("--behind-proxy", "a proxy or VPN in front encrypts: other addresses are fine")
    .option("--tls-cert <file>", "its own certificate, in PEM; with --tls-key")
    .option("--tls-key <file>", "the key of that certificate")
    .option("--proxy <address>", "address of a proxy whose X-Forwarded headers count; repeatable", gather)
    .option("--base-path <prefix>", "path prefix behind a proxy, such as /pier", parseBasePath)
    .optionsGroup("pi and its sessions:")
    .option("--cwd <folder>", "folder that pi is looked at in")
    .option("--root <folder>", "a folder that browsers may look at, beside your home; repeatable", gather)
    .option("--pi-cli-path <file>", "the pi to use; otherwise PIER_PI, then pi on PATH, then the bundled one")
    .option("--no-direnv", "start sessions without what an .envrc sets, where direnv is installed")
    .option(
      "--ui-timeout <ms>",
      "how long a question of an extension waits while nobody sees it",
      parseMilliseconds,
      60_000,
    )
    .option("--demo", "use the demo model, whatever models pi has")
    .optionsGroup("The daemon itself:")
    .option("--data-dir <folder>", "folder for sessions, devices and logs (PIER_DATA_DIR)")
    .addOption(
      new Option("--log-level <level>", "what it says on stderr (default: warn)").choices([
        "silent",
        "error",
        "warn",
        "info",
        "debug",
      ]),
    )
    .optionsGroup("Options:");
}
