import { scopes } from "@pier/protocol/runtime";
import { type Command, Option } from "commander";
import type { PairFlags } from "../commands/pair.ts";
import type { Io } from "../io.ts";
import { addDataDirOption, type DataDirFlag } from "./data-dir-option.ts";

/** Commands for the devices that may connect. */
export function addDeviceCommands(program: Command, io: Io): void {
  program.commandsGroup("Devices:");

  addDataDirOption(program.command("pair"))
    .summary("let a browser, a phone or another machine in")
    .description(
      "Makes a link and a code that let one browser, phone or other machine in. They work once, for five minutes.",
    )
    .option("--name <name>", "what the list of devices will call it")
    .addOption(
      new Option("--scope <scope>", "read: watch; prompt: take part; admin: manage the daemon too")
        .choices([...scopes])
        .default("prompt"),
    )
    .option("--json", "as a record, for programs")
    .action(async (flags: PairFlags) => (await import("../commands/pair.ts")).pair(io, flags));

  const devices = addDataDirOption(program.command("devices"))
    .summary("list the devices that may connect; revoke them")
    .description("Lists the devices that may connect.")
    .usage("[options] | revoke <id>")
    .option("--json", "as records, for programs")
    .action(async (flags: DataDirFlag & { json?: boolean }) =>
      (await import("../commands/devices.ts")).listDevices(io, flags),
    );

  addDataDirOption(devices.command("revoke"))
    .summary("take a device's access away")
    .description("Takes a device's access away; its connections end at once.")
    .argument("<id>", "its id, the beginning of one, or its name")
    .action(async (id: string, _flags: DataDirFlag, command: Command) => {
      await (await import("../commands/devices.ts")).revokeDevice(io, id, command.optsWithGlobals());
    });
}
