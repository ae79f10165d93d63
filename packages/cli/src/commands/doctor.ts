import { CliError } from "../cli-error.ts";
import { checks } from "../doctor/checks.ts";
import type { Finding } from "../doctor/finding.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { paintFor, type Style } from "../text/style.ts";

export interface DoctorFlags extends DataDirFlag {
  port: number;
  piCliPath?: string;
}

/** `pier doctor` */
export async function doctor(io: Io, flags: DoctorFlags): Promise<void> {
  const paint = paintFor(io.stdout, io.env);
  let wrong = 0;
  for await (const finding of checks(io, flags)) {
    const [mark, style] = marks[finding.state];
    print(io, `${paint(mark, style)} ${finding.title.padEnd(10)} ${finding.text}`);
    if (finding.state === "wrong") wrong++;
  }
  if (wrong > 0)
    throw new CliError(`${wrong} ${wrong === 1 ? "thing needs" : "things need"} care: see the lines with ✗.`);
  print(io, paint("Everything is in order.", "dim"));
}

const marks: Record<Finding["state"], [mark: string, style: Style]> = {
  good: ["✓", "good"],
  note: ["·", "dim"],
  wrong: ["✗", "bad"],
};
