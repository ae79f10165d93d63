import { PierError } from "@pier/protocol";
import { isLoopback } from "./addresses.ts";

/**
 * Refuses to listen where others can reach it in the clear: what travels here runs shell commands.
 *
 * @throws PierError `BAD_REQUEST` with what to do
 */
export function checkBind(host: string, { tls, behindProxy }: { tls: boolean; behindProxy: boolean }): void {
  if (isLoopback(host) || tls || behindProxy) return;
  throw new PierError(
    "BAD_REQUEST",
    `Will not listen on ${host || "every address"} without TLS: others on the network could read along. Give --tls-cert and --tls-key, ` +
      "or --behind-proxy if a proxy or VPN encrypts, or leave --host away and use `tailscale serve` or an SSH tunnel.",
  );
}
