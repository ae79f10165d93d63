import { describe, expect, test } from "vitest";
import { dataDirectory } from "../../src/store/index.ts";

const home = { HOME: "/home/ada" };

describe("dataDirectory", () => {
  test("the option wins over everything", () => {
    expect(dataDirectory({ ...home, PIER_DATA_DIR: "/b" }, "linux", "/a")).toBe("/a");
  });

  test("PIER_DATA_DIR wins over the platform's place", () => {
    expect(dataDirectory({ ...home, PIER_DATA_DIR: "/b", XDG_DATA_HOME: "/c" }, "linux")).toBe("/b");
  });

  test("XDG_DATA_HOME on Linux", () => {
    expect(dataDirectory({ ...home, XDG_DATA_HOME: "/c" }, "linux")).toBe("/c/pier");
  });

  test("a relative XDG_DATA_HOME is ignored", () => {
    expect(dataDirectory({ ...home, XDG_DATA_HOME: "c" }, "linux")).toBe("/home/ada/.local/share/pier");
  });

  test("Application Support on macOS", () => {
    expect(dataDirectory({ ...home, XDG_DATA_HOME: "/c" }, "darwin")).toBe(
      "/home/ada/Library/Application Support/pier",
    );
  });
});
