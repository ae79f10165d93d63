import { expect, test } from "vitest";
import { hostKey, isAddress, isSameLocal, pairingSecret } from "./address.ts";

test.each([
  ["ws://localhost:3333", "localhost:3333"],
  ["wss://pier.example/app/", "pier.example:443/app"],
  ["http://pier.example/ws", "pier.example:80"],
  ["https://pier.example:8443/#pair=x", "pier.example:8443"],
  ["http://[::1]:3141/", "[::1]:3141"],
])("hostKey of %s is %s", (url, key) => {
  expect(hostKey(url)).toBe(key);
});

test.each([
  ["http://127.0.0.1:3141", "ws://localhost:3141/", true],
  ["http://127.0.0.1:3141", "ws://[::1]:3141/", true],
  ["http://127.0.0.1:3141/pier", "http://localhost:3141/pier/", true],
  ["http://127.0.0.1:3141", "http://localhost:3142", false],
  ["http://127.0.0.1:3141", "http://localhost.evil.example:3141", false],
  ["http://127.0.0.1:3141", "http://127.0.0.1.evil.example:3141", false],
])("%s and %s are the same daemon: %s", (a, b, same) => {
  expect(isSameLocal(a, b)).toBe(same);
});

test("words that are no addresses", () => {
  expect(["parser", "http:", "ftp://x", "3333"].filter(isAddress)).toEqual([]);
});

test("pairingSecret is what the fragment of a link holds", () => {
  expect(pairingSecret("https://pier.example/#pair=abc")).toBe("abc");
  expect(pairingSecret("https://pier.example/?pair=abc")).toBeUndefined();
});
