import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PierError } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { type Accepted, type Auth, createAuth, localTokenPath } from "../../src/auth/index.ts";
import { hashSecret } from "../../src/auth/tokens.ts";
import { authLimits } from "../../src/limits.ts";
import { defaultConfig, openAuth } from "./open-auth.ts";

const address = "192.0.2.1";
const request: Accepted = { ok: true, address, host: "localhost:3141", tls: false, cookies: true };

function pair(auth: Auth) {
  return auth.pairing.exchange(auth.pairing.mint({ scope: "prompt" }).secret, { address, name: "phone" });
}

function localTokenOf(dataDir: string): string {
  return readFileSync(localTokenPath(dataDir), "utf8").trim();
}

describe("6. Cookies", () => {
  test("in the clear: HttpOnly, SameSite=Strict, the port in the name", () => {
    const { auth } = openAuth();
    expect(auth.cookie("T", request)).toBe("pier_3141=T; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000");
  });

  test("under TLS: __Host- and Secure, also when only a proxy speaks it", () => {
    const { auth } = openAuth();
    expect(auth.cookie("T", { ...request, tls: true })).toBe(
      "__Host-pier_3141=T; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=34560000",
    );
  });

  test("under a prefix: its Path is the prefix", () => {
    const { auth } = openAuth({ basePath: "/pier" });
    expect(auth.cookie("T", request)).toContain("Path=/pier;");
    expect(auth.cookie("T", { ...request, tls: true })).toMatch(/^__Secure-pier_3141=T; Path=\/pier;.*Secure/);
  });

  test("it is removed by the same name and path", () => {
    const { auth } = openAuth();
    expect(auth.cookie(null, request)).toBe("pier_3141=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  });

  test("it authenticates only where cookies count, and only under its own name", () => {
    const { auth } = openAuth();
    const { device, token } = pair(auth);
    const cookie = `a=b; pier_3141=${token}; c=d`;
    expect(auth.authenticate({ cookie }, request)).toEqual(device);
    expect(auth.authenticate({ cookie }, { ...request, cookies: false })).toBeNull();
    expect(auth.authenticate({ cookie }, { ...request, tls: true })).toBeNull();
    expect(auth.authenticate({ cookie: `pier_3142=${token}; xpier_3141=${token}` }, request)).toBeNull();
  });

  test("the port that the system chose is in the name", () => {
    const { auth } = openAuth({ port: 0 });
    auth.listensOn(4567);
    expect(auth.cookie("T", request)).toMatch(/^pier_4567=T;/);
    const facts = { method: "GET", headers: { host: "localhost:4567" }, remoteAddress: address, upgrade: false };
    expect(auth.checkRequest(facts).ok).toBe(true);
  });
});

describe("7. Tokens", () => {
  test("256 bits, and only the hash is on disk", () => {
    const { auth, dataDir, store } = openAuth();
    const { token } = pair(auth);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    store.close();
    const secrets = [token, localTokenOf(dataDir)];
    for (const file of readdirSync(dataDir).filter((name) => name.startsWith("pier.db"))) {
      const bytes = readFileSync(join(dataDir, file));
      for (const secret of secrets) {
        expect(bytes.includes(secret)).toBe(false);
        expect(bytes.includes(Buffer.from(secret, "base64url"))).toBe(false);
      }
    }
    expect(readFileSync(join(dataDir, "pier.db")).includes(hashSecret(token))).toBe(true);
  });

  test("one per device: no two are alike", () => {
    const { auth } = openAuth();
    expect(new Set(Array.from({ length: 50 }, () => pair(auth).token)).size).toBe(50);
  });

  test("a bearer token wins over a cookie, and a wrong one is not saved by a cookie", () => {
    const { auth } = openAuth();
    const { device, token } = pair(auth);
    const cookie = `pier_3141=${token}`;
    expect(auth.authenticate({ authorization: `bearer ${token}` }, { ...request, cookies: false })).toEqual(device);
    expect(auth.authenticate({ authorization: `Bearer ${"x".repeat(43)}`, cookie }, request)).toBeNull();
    expect(auth.authenticate({ authorization: "Basic eDp5", cookie }, request)).toBeNull();
    expect(auth.authenticate({}, request)).toBeNull();
  });

  test.each(["", "x", "'; --", "\u0000".repeat(43), "x".repeat(100_000)])("nonsense (%#) is nobody's", (token) => {
    expect(openAuth().auth.authenticateToken(token, address)).toBeNull();
  });

  test("the last use is listed, and written at most once a minute", () => {
    const { auth, clock, store } = openAuth();
    const { device, token } = pair(auth);
    const lastUse = () => store.devices.list().find(({ id }) => id === device.id);
    clock.now += authLimits.lastUsedInterval - 1;
    auth.authenticateToken(token, "198.51.100.1");
    expect(lastUse()).toEqual(device);
    clock.now += 1;
    expect(auth.authenticateToken(token, "198.51.100.1")).toEqual(lastUse());
    expect(lastUse()).toMatchObject({ lastUsedAt: clock.now, lastAddress: "198.51.100.1" });
  });

  test("a full disk keeps nobody out", () => {
    const { auth, clock, dataDir, store } = openAuth();
    const { device, token } = pair(auth);
    const full = () => {
      throw new PierError("STORAGE", "full");
    };
    const again = createAuth({ dataDir, devices: { ...store.devices, update: full }, config: defaultConfig });
    clock.now += authLimits.lastUsedInterval;
    expect(again.authenticateToken(token, address)).toEqual(device);
  });

  test("revoking ends the token and tells the listeners at once", () => {
    const { auth } = openAuth();
    const { device, token } = pair(auth);
    const revoked: string[] = [];
    const stop = auth.onRevoked((id) => {
      expect(auth.authenticateToken(token, address)).toBeNull();
      revoked.push(id);
    });
    auth.revoke(device.id);
    expect(revoked).toEqual([device.id]);
    expect(() => auth.revoke(device.id)).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    stop();
    auth.revoke(pair(auth).device.id);
    expect(revoked).toEqual([device.id]);
  });

  test("this machine's device is only replaced, and by force", () => {
    const { auth, dataDir } = openAuth();
    const before = localTokenOf(dataDir);
    const revoked: string[] = [];
    auth.onRevoked((id) => revoked.push(id));
    expect(() => auth.revoke("local")).toThrow(
      expect.objectContaining({ code: "CONFLICT", message: expect.stringContaining("force") }),
    );
    auth.revoke("local", { force: true });
    expect(revoked).toEqual(["local"]);
    expect(auth.authenticateToken(before, address)).toBeNull();
    expect(auth.authenticateToken(localTokenOf(dataDir), address)?.id).toBe("local");
  });
});

describe("8. The CLI on the same machine uses a 0600 token file without asking", () => {
  function restart(opened: ReturnType<typeof openAuth>): string {
    createAuth({ dataDir: opened.dataDir, devices: opened.store.devices, config: defaultConfig });
    return localTokenOf(opened.dataDir);
  }

  test("it is admin, and stays the same over restarts", () => {
    const opened = openAuth();
    const token = localTokenOf(opened.dataDir);
    expect(opened.auth.authenticateToken(token, "127.0.0.1")).toMatchObject({
      id: "local",
      name: "this machine",
      scope: "admin",
    });
    expect(restart(opened)).toBe(token);
    expect(opened.auth.devices()).toHaveLength(1);
  });

  test("loosened permissions are repaired", () => {
    const opened = openAuth();
    chmodSync(localTokenPath(opened.dataDir), 0o644);
    restart(opened);
    expect(statSync(localTokenPath(opened.dataDir)).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["missing", (path: string) => rmSync(path)],
    ["nonsense", (path: string) => writeFileSync(path, "nonsense")],
    ["a token of another store", (path: string) => writeFileSync(path, "x".repeat(43))],
    [
      "a symbolic link",
      (path: string) => {
        writeFileSync(`${path}.elsewhere`, readFileSync(path));
        rmSync(path);
        symlinkSync(`${path}.elsewhere`, path);
      },
    ],
  ])("%s: it is made anew and the old one ends", (_, spoil) => {
    const opened = openAuth();
    const path = localTokenPath(opened.dataDir);
    const before = localTokenOf(opened.dataDir);
    spoil(path);
    const token = restart(opened);
    expect(token).not.toBe(before);
    expect(opened.auth.authenticateToken(before, address)).toBeNull();
    expect(opened.auth.authenticateToken(token, address)?.id).toBe("local");
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("the token of another device in the file does not make that one local", () => {
    const opened = openAuth();
    const { token } = pair(opened.auth);
    writeFileSync(localTokenPath(opened.dataDir), token);
    expect(restart(opened)).not.toBe(token);
  });
});

describe("9. Failed logins back off", () => {
  test("wrong tokens have to wait, valid ones never, so nobody can lock others out", () => {
    const { auth, clock } = openAuth();
    const { token } = pair(auth);
    for (let index = 0; index < authLimits.freeFailures; index++)
      expect(auth.authenticateToken("wrong", address)).toBeNull();
    expect(() => auth.authenticateToken("wrong", address)).toThrow(
      expect.objectContaining({ code: "RATE_LIMITED", retryAfter: 1 }),
    );
    expect(auth.authenticateToken("wrong", "198.51.100.1")).toBeNull();
    expect(auth.authenticateToken(token, address)).not.toBeNull();
    clock.now += 1;
    expect(auth.authenticateToken("wrong", address)).toBeNull();
  });
});

test("Auth.baseUrls: public names first, then the name the request used", () => {
  const { auth } = openAuth({ allowHosts: ["pier.example"], basePath: "/p" });
  expect(auth.baseUrls(request)).toEqual(["https://pier.example/p/", "http://localhost:3141/p/"]);
  expect(auth.baseUrls({ ...request, tls: true, host: "pier.example" })).toEqual(["https://pier.example/p/"]);
});
