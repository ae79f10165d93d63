import type { Command } from "commander";
import { addDataDirOption } from "./data-dir-option.ts";

/** The options by which a command finds its daemon, here or elsewhere. */
export function addDaemonOptions(command: Command): Command {
  return addDataDirOption(command).option(
    "--host <name|url>",
    "a saved host, an address, or local for this machine (PIER_HOST)",
  );
}
