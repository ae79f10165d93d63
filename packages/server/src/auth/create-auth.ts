import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { PierError } from "@pier/protocol";
import { authLimits } from "../limits.ts";
import { proxyList } from "./addresses.ts";
import { type Accepted, checkRequest, type Refused, type RequestFacts } from "./check-request.ts";
import { clearCookie, readCookie, setCookie } from "./cookie.ts";
import { type Device, type DeviceRows, localDeviceId } from "./device.ts";
import { Failures } from "./failures.ts";
import { checkAllowHosts } from "./host-allowed.ts";
import { localToken } from "./local-token.ts";
import { type NewDevice, Pairing } from "./pairing.ts";
import { RateLimited } from "./rate-limited.ts";
import { createToken, hashSecret, isToken, sameHash } from "./tokens.ts";

export interface AuthConfig {
  /** What the daemon binds. */
  host: string;
  /** 0 until it is known; then tell it with `listensOn`. */
  port: number;
  /** Whether the daemon itself speaks TLS. */
  tls: boolean;
  /** The prefix under which it is served, as `/pier`; "" for none. */
  basePath: string;
  /** Public names, with a port or without. */
  allowHosts: readonly string[];
  /** Addresses or networks whose `X-Forwarded-*` count. */
  proxies: readonly string[];
}

/** Who may come in, and as which device. */
export interface Auth {
  readonly pairing: Pick<Pairing, "mint" | "exchange">;
  /** Tells the port, when the system chose it. */
  listensOn(port: number): void;
  /** Judges where a request comes from; for HTTP and upgrades alike, before anything else. */
  checkRequest(request: RequestFacts): Accepted | Refused;
  /**
   * The device of a request's bearer token or cookie; null without a valid one.
   *
   * @throws RateLimited after too many invalid ones; a valid one always passes, so nobody can lock others out
   */
  authenticate(headers: IncomingHttpHeaders, request: Accepted): Device | null;
  /** The device of a token, as `hello` carries it. @throws RateLimited */
  authenticateToken(token: string, address: string): Device | null;
  devices(): Device[];
  /**
   * Deletes a device, and tells the listeners.
   *
   * @throws PierError `NOT_FOUND`, `CONFLICT` for this machine's own device without `force`, which gives it a new token
   */
  revoke(id: string, options?: { force?: boolean }): void;
  /** Calls `listener` with the id of each device that is revoked, at once. Answers how to stop that. */
  onRevoked(listener: (id: string) => void): () => void;
  /** The value of `Set-Cookie` that gives a browser its token, or takes it with `null`. */
  cookie(token: string | null, request: Accepted): string;
  /** Addresses under which people may reach the daemon, public names first, each ending in a slash. */
  baseUrls(request: Accepted): string[];
}

interface AuthParts {
  dataDir: string;
  devices: DeviceRows;
  config: AuthConfig;
  now?: () => number;
}

/**
 * Puts the parts of authentication together, and makes the token of this machine.
 *
 * @throws PierError `BAD_REQUEST` for a config that makes no sense, `STORAGE`
 */
export function createAuth({ dataDir, devices, config, now = Date.now }: AuthParts): Auth {
  checkAllowHosts(config.allowHosts);
  const policy = { ...config, isProxy: proxyList(config.proxies) };
  // Apart, so that neither a forgotten cookie nor a valid token changes how often a pairing code may be tried.
  const failures = new Failures(now);
  const pairingFailures = new Failures(now);
  const listeners = new Set<(id: string) => void>();
  localToken(dataDir, devices, now());

  const placeOf = ({ tls }: Accepted) => ({ tls, port: policy.port, basePath: policy.basePath });

  function addDevice({ scope, name, address }: NewDevice): { device: Device; token: string } {
    if (devices.list().length >= authLimits.devices) {
      throw new PierError(
        "CONFLICT",
        `There are ${authLimits.devices} devices already: revoke one that is not used any more.`,
      );
    }
    const token = createToken();
    const device = { id: randomUUID(), name, scope, createdAt: now(), lastUsedAt: now(), lastAddress: address };
    devices.insert(device, hashSecret(token));
    return { device, token };
  }

  function touch(device: Device, address: string): Device {
    if (device.lastUsedAt !== null && now() - device.lastUsedAt < authLimits.lastUsedInterval) return device;
    const used = { lastUsedAt: now(), lastAddress: address };
    try {
      devices.update(device.id, used);
    } catch {
      // On a full disk people have to come in more than ever; the next request tries again.
      return device;
    }
    return { ...device, ...used };
  }

  function authenticateToken(token: string, address: string): Device | null {
    const tokenHash = hashSecret(token);
    const found = isToken(token) ? devices.findByHash(tokenHash) : undefined;
    if (found && sameHash(found.tokenHash, tokenHash)) {
      failures.clear(address);
      return touch(found.device, address);
    }
    const wait = failures.waitOf(address);
    if (wait > 0) throw new RateLimited(wait);
    failures.add(address);
    return null;
  }

  return {
    pairing: new Pairing({ now, failures: pairingFailures, addDevice }),
    listensOn(port) {
      policy.port = port;
    },
    checkRequest: (request) => checkRequest(policy, request),
    authenticate(headers, request) {
      const token = bearerToken(headers) ?? (request.cookies ? readCookie(headers.cookie, placeOf(request)) : null);
      return token === null ? null : authenticateToken(token, request.address);
    },
    authenticateToken,
    devices: () => devices.list(),
    revoke(id, { force = false } = {}) {
      if (id === localDeviceId && !force) {
        throw new PierError(
          "CONFLICT",
          "This machine's own token cannot be taken away, only replaced: revoke it with force to have a new one made.",
        );
      }
      if (!devices.remove(id))
        throw new PierError("NOT_FOUND", "There is no such device: look at the list of devices.");
      for (const listener of listeners) listener(id);
      if (id === localDeviceId) localToken(dataDir, devices, now());
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    cookie: (token, request) => (token === null ? clearCookie(placeOf(request)) : setCookie(token, placeOf(request))),
    baseUrls({ tls, host }) {
      // A public name stands in front of a proxy that speaks TLS; the daemon itself may as well.
      const names = config.allowHosts.map((name) => `https://${name}${policy.basePath}/`);
      return [...new Set([...names, `${tls ? "https" : "http"}://${host}${policy.basePath}/`])];
    },
  };
}

/** The token of an `Authorization` header; another scheme counts as a wrong token. */
function bearerToken({ authorization }: IncomingHttpHeaders): string | null {
  if (authorization === undefined) return null;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}
