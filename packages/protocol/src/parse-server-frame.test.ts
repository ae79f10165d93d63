import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serverFrames } from "./frames/server/index.ts";
import { parseServerFrame, requiredMembers } from "./parse-server-frame.ts";
import { PierError } from "./pier-error.ts";

test("requiredMembers, is what the schemas require", () => {
  const required = Object.entries(serverFrames).map(([type, schema]) => [
    type,
    schema.required.filter((name) => name !== "type"),
  ]);
  expect(requiredMembers).toEqual(Object.fromEntries(required));
});

describe("parseServerFrame", () => {
  test.each(Object.keys(serverFrames))("%s without a required member, names that member", (type) => {
    const members = requiredMembers[type as keyof typeof requiredMembers];
    const whole = Object.fromEntries([["type", type], ...members.map((name) => [name, null])]);
    expect(parseServerFrame(JSON.stringify(whole))).toEqual(whole);
    for (const name of members) {
      const { [name]: _left, ...rest } = whole;
      expect(() => parseServerFrame(JSON.stringify(rest))).toThrow(
        new PierError("BAD_FRAME", `The server sent ${type} without ${name}.`),
      );
    }
  });

  test.each(["confetti", "", "__proto__", "constructor", "hello"])(
    "a frame of the unknown type %j, is null",
    (type) => {
      expect(parseServerFrame(JSON.stringify({ type }))).toBeNull();
    },
  );

  test.each([
    ["{", "The server sent something that is not JSON."],
    ["null", "The server sent something that is no frame."],
    ["7", "The server sent something that is no frame."],
    ["[]", "The server sent a frame without a type."],
    ["{}", "The server sent a frame without a type."],
    ['{"type":1}', "The server sent a frame without a type."],
  ])("%s, is refused", (source, message) => {
    expect(() => parseServerFrame(source)).toThrow(new PierError("BAD_FRAME", message));
  });

  test("any text, gives a frame, null or a PierError", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (source) => {
        try {
          parseServerFrame(source);
        } catch (error) {
          if (!(error instanceof PierError)) throw error;
        }
      }),
    );
  });
});
