import { neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { hostKey, isAddress } from "../daemon/address.ts";
import { removeHost, type SavedHost, savedHosts } from "../daemon/hosts-file.ts";
import { baseUrl } from "../daemon/remote-daemon.ts";
import { type Io, print } from "../io.ts";
import { age } from "../text/age.ts";
import { paintFor } from "../text/style.ts";
import { table } from "../text/table.ts";

/** `pier hosts ls` */
export function listHosts(io: Io, { json = false }: { json?: boolean }): void {
  const hosts = savedHosts(io).toSorted((a, b) => (a.name ?? a.key).localeCompare(b.name ?? b.key));
  if (json) return print(io, JSON.stringify(hosts.map(toRecord), null, 2));
  if (hosts.length === 0) return print(io, "No host is saved: `pier hosts add URL` pairs with one.");
  const now = Date.now();
  const [title = "", ...lines] = table(
    [{ title: "NAME" }, { title: "ADDRESS" }, { title: "PAIRED AS", max: 40 }, { title: "LAST USED", align: "right" }],
    hosts.map((host) => [
      neutraliseLine(host.name ?? ""),
      neutraliseLine(host.url ?? host.key),
      pairedAs(host),
      host.last_used_at === undefined ? "never" : ago(host.last_used_at, now),
    ]),
  );
  print(io, paintFor(io.stdout, io.env)(title, "dim"));
  for (const line of lines) print(io, line);
}

/** `pier hosts rm` */
export function forgetHost(io: Io, word: string): void {
  const key = isAddress(word) ? hostKey(baseUrl(word)) : word;
  const host = savedHosts(io).find((saved) => saved.name === word || saved.key === key);
  if (!host) throw new CliError(`There is no host "${word}": \`pier hosts ls\` lists those there are.`);
  removeHost(io, host.key);
  const device = host.device === undefined ? "this machine" : `"${neutraliseLine(host.device)}"`;
  print(
    io,
    `Forgot ${neutraliseLine(host.name ?? host.key)} and its token. It still lets ${device} in until somebody there revokes it (\`pier devices\`).`,
  );
}

/** A host without its token: for people and programs. */
function toRecord({ key, name, url, token, device, scope, fingerprint, last_used_at }: SavedHost): object {
  return {
    name: name ?? null,
    url: url ?? null,
    address: key,
    paired: token !== undefined,
    device: device ?? null,
    scope: scope ?? null,
    fingerprint: fingerprint ?? null,
    last_used_at: last_used_at ?? null,
  };
}

function pairedAs({ token, device, scope }: SavedHost): string {
  if (token === undefined) return "not paired any more";
  const name = neutraliseLine(device ?? "");
  return [name || "yes", scope === undefined ? "" : `(${neutraliseLine(scope)})`].filter(Boolean).join(" ");
}

function ago(time: string, now: number): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? "" : age(Math.max(0, now - at));
}
