import type { Command } from "commander";

export interface DataDirFlag {
  dataDir?: string;
}

/** The option by which a command finds its daemon. */
export function addDataDirOption(command: Command): Command {
  return command.option("--data-dir <folder>", "the daemon's data folder (PIER_DATA_DIR)");
}
