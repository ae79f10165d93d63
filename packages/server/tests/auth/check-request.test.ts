import type { IncomingHttpHeaders } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proxyList } from "../../src/auth/addresses.ts";
import {
  checkBind,
  checkRequest,
  hostAllowed,
  originAllowed,
  type RequestFacts,
  type RequestPolicy,
} from "../../src/auth/index.ts";
import { openAuth } from "./open-auth.ts";

const names = { host: "127.0.0.1", port: 3141, allowHosts: [] as string[] };
const policy: RequestPolicy = { ...names, tls: false, isProxy: () => false };

function check(headers: IncomingHttpHeaders, facts: Partial<RequestFacts> = {}, changed: Partial<RequestPolicy> = {}) {
  return checkRequest(
    { ...policy, ...changed },
    {
      method: "GET",
      remoteAddress: "127.0.0.1",
      upgrade: false,
      ...facts,
      headers: { host: "localhost:3141", ...headers },
    },
  );
}

describe("1. Binds loopback; elsewhere only with TLS or --behind-proxy", () => {
  test.each(["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8", "::ffff:127.0.0.1"])("%s is fine", (host) => {
    expect(() => checkBind(host, { tls: false, behindProxy: false })).not.toThrow();
  });

  test.each(["0.0.0.0", "::", "", "192.168.1.5", "127.0.0.1.evil.example", "localhost.evil.example", "128.0.0.1"])(
    "%s is refused, and the error says what to do",
    (host) => {
      expect(() => checkBind(host, { tls: false, behindProxy: false })).toThrow(
        /--tls-cert.*--behind-proxy.*tailscale/,
      );
      expect(() => checkBind(host, { tls: true, behindProxy: false })).not.toThrow();
      expect(() => checkBind(host, { tls: false, behindProxy: true })).not.toThrow();
    },
  );
});

describe("3. Host allow-list (DNS rebinding)", () => {
  test.each(["localhost:3141", "127.0.0.1:3141", "[::1]:3141", "LOCALHOST:3141"])("%s is allowed", (host) => {
    expect(hostAllowed(host, false, names)).toBe(true);
  });

  test.each([
    undefined,
    "",
    "evil.example",
    "evil.example:3141",
    "localhost.evil.example:3141",
    "evil.example.localhost:3141",
    "127.0.0.1.evil.example:3141",
    "localhost",
    "localhost:3142",
    "localhost:03141",
    "localhost:31410",
    "localhost.:3141",
    "localhost:3141,evil.example",
    "user@localhost:3141",
    "localhost:3141/",
    " localhost:3141",
    "127.1:3141",
    "2130706433:3141",
    "0.0.0.0:3141",
    "192.168.1.5:3141",
    "localhost:3141\u0000",
  ])("%j is refused", (host) => {
    expect(hostAllowed(host, false, names)).toBe(false);
  });

  test("a scheme's own port may be left out", () => {
    expect(hostAllowed("localhost", true, { ...names, port: 443 })).toBe(true);
    expect(hostAllowed("localhost", false, { ...names, port: 80 })).toBe(true);
    expect(hostAllowed("localhost", false, { ...names, port: 443 })).toBe(false);
  });

  test("--allow-host: a name with our port or the usual one, a name with a port exactly so", () => {
    const open = { ...names, allowHosts: ["Pier.example.com", "other.example:8443"] };
    expect(hostAllowed("pier.example.com", true, open)).toBe(true);
    expect(hostAllowed("pier.example.com:3141", true, open)).toBe(true);
    expect(hostAllowed("pier.example.com:8443", true, open)).toBe(false);
    expect(hostAllowed("other.example:8443", true, open)).toBe(true);
    expect(hostAllowed("other.example", true, open)).toBe(false);
    expect(hostAllowed("sub.pier.example.com", true, open)).toBe(false);
  });

  test("a wildcard bind allows no address by itself", () => {
    expect(hostAllowed("192.168.1.5:3141", false, { ...names, host: "0.0.0.0" })).toBe(false);
    expect(hostAllowed("0.0.0.0:3141", false, { ...names, host: "0.0.0.0" })).toBe(false);
    expect(hostAllowed("192.168.1.5:3141", false, { ...names, host: "192.168.1.5" })).toBe(true);
  });

  test.each(["*", "*.example.com", "https://pier.example.com", "a b", "", "pier.example.com:99999"])(
    "--allow-host %j is a clear error",
    (entry) => {
      expect(() => openAuth({ allowHosts: [entry] })).toThrow(/--allow-host.*give it exactly/);
    },
  );

  test("is checked before Origin, on HTTP and on upgrade", () => {
    for (const upgrade of [false, true]) {
      expect(check({ host: "evil.example", origin: "http://localhost:3141" }, { upgrade })).toMatchObject({
        ok: false,
        status: 403,
        code: "FORBIDDEN",
        message: expect.stringContaining("Host header"),
      });
    }
  });

  test("property: only the names of the list pass", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.webAuthority()), (host) => {
        const isOurs = ["localhost:3141", "127.0.0.1:3141", "[::1]:3141"].includes(host.toLowerCase());
        expect(hostAllowed(host, false, names)).toBe(isOurs);
      }),
    );
  });
});

describe("4. Upgrade: Origin matches scheme, host and port exactly", () => {
  const upgrade = { upgrade: true };

  test.each([
    "null",
    "",
    "http://localhost",
    "http://localhost:3142",
    "https://localhost:3141",
    "http://127.0.0.1:3141",
    "http://localhost:3141.evil.example",
    "http://localhost:3141/",
    "http://evil.example",
    "http://localhost.evil.example:3141",
    "http://LOCALHOST:3141",
    "http://localhost:3141, http://localhost:3141",
    "ws://localhost:3141",
    "file://",
    "chrome-extension://abc",
  ])("%j is refused with 403", (origin) => {
    expect(check({ origin }, upgrade)).toMatchObject({
      ok: false,
      status: 403,
      message: expect.stringContaining("Origin"),
    });
  });

  test("the daemon's own page passes, and its cookie counts", () => {
    expect(check({ origin: "http://localhost:3141" }, upgrade)).toMatchObject({ ok: true, cookies: true });
  });

  test("a missing Origin passes without its cookie: only a token counts", () => {
    expect(check({}, upgrade)).toMatchObject({ ok: true, cookies: false });
    expect(check({ "sec-fetch-site": "same-origin" }, upgrade)).toMatchObject({ ok: true, cookies: false });
  });

  test("the usual port of the scheme is left out of an Origin", () => {
    expect(originAllowed("https://pier.example", "pier.example", true)).toBe(true);
    expect(originAllowed("https://pier.example", "pier.example:443", true)).toBe(true);
    expect(originAllowed("https://pier.example:443", "pier.example", true)).toBe(false);
    expect(originAllowed("http://pier.example", "pier.example", true)).toBe(false);
  });

  test("property: no other Origin passes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (origin) => {
        expect(originAllowed(origin, "localhost:3141", false)).toBe(origin === "http://localhost:3141");
      }),
    );
  });
});

describe("5. State-changing requests: matching Origin or Sec-Fetch-Site", () => {
  const post = { method: "POST" };

  test("our own page passes and its cookie counts", () => {
    expect(check({ origin: "http://localhost:3141" }, post)).toMatchObject({ ok: true, cookies: true });
    expect(check({ "sec-fetch-site": "same-origin" }, post)).toMatchObject({ ok: true, cookies: true });
  });

  test.each(["cross-site", "same-site", "none", "nonsense"])("Sec-Fetch-Site %s is refused", (site) => {
    expect(check({ "sec-fetch-site": site }, post)).toMatchObject({ ok: false, status: 403 });
  });

  test("another Origin is refused whatever Sec-Fetch-Site claims", () => {
    for (const method of ["POST", "PATCH", "DELETE", "PUT", "get", "FOO"]) {
      const verdict = check({ origin: "http://localhost:3142", "sec-fetch-site": "same-origin" }, { method });
      expect(verdict).toMatchObject({ ok: false, status: 403 });
    }
  });

  test("a program, which sends neither, passes without cookies", () => {
    expect(check({}, post)).toMatchObject({ ok: true, cookies: false });
  });

  test("reading from another port of the same host passes without the cookie that travels along", () => {
    expect(check({ "sec-fetch-site": "same-site" })).toMatchObject({ ok: true, cookies: false });
    expect(check({ "sec-fetch-site": "cross-site" })).toMatchObject({ ok: true, cookies: false });
    expect(check({ "sec-fetch-site": "none" })).toMatchObject({ ok: true, cookies: true });
    expect(check({})).toMatchObject({ ok: true, cookies: true });
  });
});

describe("9. X-Forwarded-* count only from configured proxies", () => {
  const behind = { isProxy: proxyList(["127.0.0.1", "10.0.0.0/8"]), allowHosts: ["pier.example"] };
  const told = { "x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https", "x-forwarded-host": "pier.example" };

  test("from anybody else they are ignored", () => {
    expect(check(told, { remoteAddress: "203.0.113.9" }, behind)).toMatchObject({ address: "203.0.113.9", tls: false });
    expect(check(told)).toMatchObject({ address: "127.0.0.1", tls: false, host: "localhost:3141" });
  });

  test("from a proxy they give address, scheme and name", () => {
    expect(check(told, {}, behind)).toMatchObject({ ok: true, address: "192.0.2.7", tls: true, host: "pier.example" });
    expect(check({ ...told, origin: "https://pier.example" }, { method: "POST" }, behind)).toMatchObject({
      cookies: true,
    });
    expect(check({ ...told, origin: "http://pier.example" }, { method: "POST" }, behind)).toMatchObject({ ok: false });
  });

  test("what a client wrote before the proxies is ignored", () => {
    const chain = { ...told, "x-forwarded-for": "127.0.0.1, 198.51.100.1, 192.0.2.7, 10.1.2.3" };
    expect(check(chain, {}, behind)).toMatchObject({ address: "192.0.2.7" });
  });

  test("a page that had its name point here cannot claim another name", () => {
    expect(check({ ...told, host: "evil.example:3141" }, {}, behind)).toMatchObject({ ok: false, status: 403 });
    expect(check({ ...told, "x-forwarded-host": "evil.example" }, {}, behind)).toMatchObject({
      ok: false,
      status: 403,
    });
  });

  test.each(["nonsense", "10.0.0.0/99", "10.0.0.0/", "10.0.0.0/8/8", "", "::1/200"])(
    "proxy %j is a clear error",
    (entry) => {
      expect(() => proxyList([entry])).toThrow(/is no proxy/);
    },
  );
});

test("property: no headers make checkRequest throw", () => {
  const header = fc.constantFrom(
    "host",
    "origin",
    "sec-fetch-site",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
  );
  fc.assert(
    fc.property(fc.dictionary(header, fc.string()), fc.string(), fc.boolean(), (headers, method, upgrade) => {
      const isProxy = () => true;
      expect(
        typeof checkRequest({ ...policy, isProxy }, { method, headers, remoteAddress: undefined, upgrade }).ok,
      ).toBe("boolean");
    }),
  );
});
