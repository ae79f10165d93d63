import { expect, test } from "vitest";
import { checkHostName, defaultHostName } from "./host-name.ts";

test.each([
  ["https://pier.example", "pier.example"],
  ["https://pier.example:8443/app/one", "pier.example-8443-app-one"],
  ["http://127.0.0.1:3141", "127.0.0.1-3141"],
  ["http://[::1]:3141", "host-1-3141"],
  ["https://cafe", "host-cafe"],
  ["https://local", "host-local"],
  [`https://${"a.".repeat(60)}example`, "a.".repeat(27)],
])("defaultHostName of %s, is %s", (url, name) => {
  expect(defaultHostName(url, [])).toBe(name.replace(/\.$/, ""));
  expect(() => checkHostName(defaultHostName(url, []))).not.toThrow();
});

test("defaultHostName, when others have the name, counts on", () => {
  const hosts = ["pier.example", "pier.example-2"].map((name) => ({ key: `other/${name}`, name }));
  expect(defaultHostName("https://pier.example", hosts)).toBe("pier.example-3");
  const own = [{ key: "pier.example:443", name: "pier.example" }];
  expect(defaultHostName("https://pier.example", own)).toBe("pier.example");
});

test.each(["desk", "pier.example", "a1-z", "x".repeat(63)])("checkHostName takes %s", (name) => {
  expect(checkHostName(name)).toBe(name);
});

test.each(["", "-x", "x-", "a/b", "a b", "ü", "x".repeat(64), "local", "abc", "12-34"])(
  "checkHostName refuses %j",
  (name) => {
    expect(() => checkHostName(name)).toThrow(/: (use|choose) /);
  },
);
