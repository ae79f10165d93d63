import { expect, test } from "vitest";
import { restAddress, socketAddress } from "./address.ts";

test.each([
  ["ws://127.0.0.1:3333", "ws://127.0.0.1:3333/ws", "http://127.0.0.1:3333/"],
  ["wss://host/prefix/", "wss://host/prefix/ws", "https://host/prefix/"],
  ["wss://host/prefix", "wss://host/prefix/ws", "https://host/prefix/"],
  ["https://host/a/b/?x=1#y", "wss://host/a/b/ws", "https://host/a/b/"],
  ["http://host/prefix/ws", "ws://host/prefix/ws", "http://host/prefix/"],
  ["http://[::1]:8/news", "ws://[::1]:8/news/ws", "http://[::1]:8/news/"],
])("socketAddress and restAddress of %s keep host and prefix", (url, socket, rest) => {
  expect(socketAddress(url)).toBe(socket);
  expect(restAddress(new URL(url))).toBe(rest);
});

test.each(["localhost:3333", "host", "ftp://host/", "", "ws://user:secret@host/"])(
  "socketAddress of %j throws BAD_ADDRESS without repeating a password",
  (url) => {
    expect(() => socketAddress(url)).toThrow(expect.objectContaining({ code: "BAD_ADDRESS" }));
    expect(() => socketAddress(url)).not.toThrow(/secret/);
  },
);
