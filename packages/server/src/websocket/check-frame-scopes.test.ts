import { clientFrames, commands } from "@pier/protocol";
import { expect, test } from "vitest";
import { checkFrameScopes } from "./check-frame-scopes.ts";

test("checkFrameScopes, the frames and commands there are, all say their scope", () => {
  expect(() => checkFrameScopes({ ...clientFrames, ...commands })).not.toThrow();
});

test.each([undefined, "", "root", null])(
  "checkFrameScopes, a frame whose scope is %j, throws and names it",
  (scope) => {
    expect(() => checkFrameScopes({ ...clientFrames, shout: { scope } })).toThrow(/shout/);
  },
);
