import { expect, test } from "vitest";
import { isTrustedLoopback } from "./trusted-loopback.ts";

const webSocket = { upgrade: "websocket", "sec-websocket-key": "k", "sec-websocket-version": "13" };
const local = { host: "127.0.0.1:3333", ...webSocket };

test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("isTrustedLoopback, from %s, trusts", (remoteAddress) => {
  expect(isTrustedLoopback({ remoteAddress, headers: local })).toBe(true);
});

test.each(["10.0.0.1", "::ffff:10.0.0.1", "", undefined])(
  "isTrustedLoopback, from %s, does not trust",
  (remoteAddress) => {
    expect(isTrustedLoopback({ remoteAddress, headers: local })).toBe(false);
  },
);

test.each(["localhost", "localhost:3333", "127.0.0.1", "[::1]:3333", "LOCALHOST:1"])(
  "isTrustedLoopback, asked for as %s, trusts",
  (host) => {
    expect(isTrustedLoopback({ remoteAddress: "127.0.0.1", headers: { ...webSocket, host } })).toBe(true);
  },
);

test.each([
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "localhost@evil.example",
  "localhost:80:80",
  "",
  undefined,
])("isTrustedLoopback, asked for as %s, does not trust", (host) => {
  const headers = { ...webSocket, ...(host !== undefined && { host }) };
  expect(isTrustedLoopback({ remoteAddress: "127.0.0.1", headers })).toBe(false);
});

test.each([
  "origin",
  "cookie",
  "sec-fetch-site",
  "sec-ch-ua",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-real-ip",
  "forwarded",
  "via",
])("isTrustedLoopback, with the header %s, does not trust", (header) => {
  expect(isTrustedLoopback({ remoteAddress: "127.0.0.1", headers: { ...local, [header]: "" } })).toBe(false);
});
