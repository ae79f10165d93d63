import { BlockList, isIP } from "node:net";
import { PierError } from "@pier/protocol";

/** An address as it is compared and shown: IPv4 inside IPv6 is IPv4, without zone and brackets. */
export function plainAddress(address: string | undefined): string {
  const bare = (address ?? "")
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/%.*$/, "")
    .toLowerCase();
  return bare.startsWith("::ffff:") && isIP(bare.slice(7)) === 4 ? bare.slice(7) : bare;
}

/** Who is counted as one: an IPv4 address, or the /64 of an IPv6 one, since people hold all of it. */
export function addressBlock(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain.slice(0, 100);
  const [head = "", tail] = plain.split("::");
  const front = head.split(":").filter((group) => group !== "");
  const back = tail === undefined ? [] : tail.split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return `${[...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** Whether an address or a host to bind reaches this machine only. */
export function isLoopback(host: string): boolean {
  const plain = plainAddress(host);
  return plain === "localhost" || plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

/**
 * The proxies whose `X-Forwarded-*` headers count.
 *
 * @param entries addresses or networks, as `10.0.0.0/8`
 * @throws PierError `BAD_REQUEST` for anything else
 */
export function proxyList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits, more] = entry.split("/");
    const family = isIP(address);
    const prefix = bits === undefined ? undefined : Number(bits);
    const fits =
      prefix === undefined || (Number.isInteger(prefix) && prefix >= 0 && prefix <= (family === 4 ? 32 : 128));
    if (family === 0 || !fits || more !== undefined || bits === "") {
      throw new PierError(
        "BAD_REQUEST",
        `"${entry}" is no proxy: give an IP address, or a network such as 10.0.0.0/8.`,
      );
    }
    if (prefix === undefined) list.addAddress(address, family === 4 ? "ipv4" : "ipv6");
    else list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  }
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
  };
}
