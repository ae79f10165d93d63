import type { Scope } from "@pier/protocol";
import { isLocal } from "../daemon/address.ts";
import { localDaemon } from "../daemon/local-daemon.ts";
import { type Io, print } from "../io.ts";
import type { DataDirFlag } from "../program/data-dir-option.ts";
import { qrCode } from "../text/qr-code.ts";
import { paintFor } from "../text/style.ts";

export interface PairFlags extends DataDirFlag {
  name?: string;
  scope: Scope;
  json?: boolean;
}

/** `pier pair` */
export async function pair(io: Io, { name, scope, json = false, ...flags }: PairFlags): Promise<void> {
  const { api, fingerprint } = await localDaemon(io, flags);
  const pairing = await api.mintPairing({ scope, ...(name !== undefined && { name }) });
  if (json) return print(io, JSON.stringify(pairing, null, 2));
  const [link = "", ...others] = pairing.links;
  const paint = paintFor(io.stdout, io.env);
  if (io.stdout.isTTY) printCode(io, link);
  print(io, "Open this link in the browser that is to be let in:");
  for (const address of [link, ...others]) print(io, `  ${paint(address, "accent")}`);
  print(io, `or type this code there: ${paint(pairing.code, "bold")}`);
  const minutes = Math.max(1, Math.round((Date.parse(pairing.expires_at) - Date.now()) / 60_000));
  print(
    io,
    paint(
      `It works once, within ${minutes} minutes, with the scope ${scope}. \`pier devices\` lists who was let in.`,
      "dim",
    ),
  );
  if (fingerprint !== undefined) {
    print(io, paint("A terminal elsewhere may ask you to compare this daemon's certificate (SHA-256):", "dim"));
    print(io, `  ${fingerprint}`);
  }
  if (isLocal(link) && others.length === 0) {
    print(
      io,
      paint(
        "The link works on this machine only; `tailscale serve` or a proxy, and --allow-host, make one for a phone.",
        "dim",
      ),
    );
  }
}

/** Where it fits, for a camera. */
function printCode(io: Io, link: string): void {
  const { lines, width } = qrCode(link, { colour: paintFor(io.stdout, io.env)("x", "bold") !== "x" });
  if (width > (io.stdout.columns ?? 80)) return;
  for (const line of lines) print(io, line);
  print(io);
}
