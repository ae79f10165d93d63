import type { ListedDevice } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { shortIds } from "../sessions/short-ids.ts";
import { age } from "../text/age.ts";
import { paintFor } from "../text/style.ts";
import { table } from "../text/table.ts";

/** `pier devices` */
export async function listDevices(io: Io, { json = false, ...flags }: DataDirFlag & { json?: boolean }): Promise<void> {
  const { api } = await localDaemon(io, flags);
  const devices = await api.devices();
  if (json) return print(io, JSON.stringify(devices, null, 2));
  const short = shortIds(devices.map(({ id }) => id));
  const now = Date.now();
  const [title = "", ...lines] = table(
    [
      { title: "ID" },
      { title: "NAME", max: 40 },
      { title: "SCOPE" },
      { title: "PAIRED", align: "right" },
      { title: "LAST USED", align: "right" },
      { title: "FROM" },
    ],
    devices.map((device) => [
      short.get(device.id) ?? device.id,
      neutraliseLine(device.name),
      device.scope,
      ago(device.created_at, now),
      device.last_used_at === null ? "never" : ago(device.last_used_at, now),
      device.last_address ?? "",
    ]),
  );
  print(io, paintFor(io.stdout, io.env)(title, "dim"));
  for (const line of lines) print(io, line);
}

/** `pier devices revoke` */
export async function revokeDevice(io: Io, word: string, flags: DataDirFlag): Promise<void> {
  const { api } = await localDaemon(io, flags);
  const device = findDevice(await api.devices(), word);
  await api.revoke(device.id);
  print(
    io,
    `Revoked ${neutraliseLine(device.name)} (${device.id.slice(0, 8)}): its connections are closed, and its token works no more.`,
  );
}

/** @throws CliError when none or several fit */
export function findDevice(devices: readonly ListedDevice[], word: string): ListedDevice {
  const exact = devices.filter(({ id, name }) => id === word || name === word);
  const found =
    exact.length > 0 ? exact : devices.filter(({ id }) => word.length >= 2 && id.startsWith(word.toLowerCase()));
  if (found.length === 1 && found[0]) return found[0];
  if (found.length === 0) throw new CliError(`There is no device "${word}": \`pier devices\` lists them.`);
  const names = found.map(({ id, name }) => `${id.slice(0, 8)} (${neutraliseLine(name)})`).join(", ");
  throw new CliError(`"${word}" fits ${found.length} devices: ${names}. Use more of the id.`);
}

function ago(time: string, now: number): string {
  return age(Math.max(0, now - Date.parse(time)));
}
