import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientFrames } from "./frames/client/index.ts";
import { limits } from "./limits.ts";
import { frameTypeOf, parseClientFrame } from "./parse-client-frame.ts";
import { PierError } from "./pier-error.ts";

const text = (length: number) => "x".repeat(length);
const hello = { type: "hello", protocolVersion: 2, clientId: "c" };
const attach = { type: "attach", session: "s" };
const answer = { type: "extension_ui_response", session: "s", id: "d", value: "" };

/** The sentence of a refusal, or what became of the frame. */
function refusal(frame: unknown): string {
  const source = typeof frame === "string" ? frame : JSON.stringify(frame);
  try {
    const parsed = parseClientFrame(source);
    return JSON.stringify(parsed) === JSON.stringify(JSON.parse(source)) ? "accepted" : "changed";
  } catch (error) {
    if (error instanceof PierError && error.code === "BAD_FRAME") return error.message;
    throw error;
  }
}

describe("parseClientFrame at a limit, accepts; over and under it, says what would be right", () => {
  const members: [name: string, withLength: (length: number) => object, least: number, most: number][] = [
    ["hello clientId", (n) => ({ ...hello, clientId: text(n) }), 1, 100],
    ["hello client.name", (n) => ({ ...hello, client: { name: text(n), version: "1" } }), 0, 100],
    ["hello client.version", (n) => ({ ...hello, client: { name: "n", version: text(n) } }), 0, 100],
    ["hello auth.token", (n) => ({ ...hello, auth: { token: text(n) } }), 0, 200],
    ["attach session", (n) => ({ ...attach, session: text(n) }), 1, 100],
    ["attach cursor.epoch", (n) => ({ ...attach, cursor: { epoch: text(n), seq: 0 } }), 1, 100],
    ["detach session", (n) => ({ type: "detach", session: text(n) }), 1, 100],
    ["command session", (n) => ({ type: "command", session: text(n), payload: { type: "abort" } }), 1, 100],
    ["command payload.type", (n) => ({ type: "command", session: "s", payload: { type: text(n) } }), 1, 100],
    [
      "command payload.id",
      (n) => ({ type: "command", session: "s", payload: { type: "abort", id: text(n) } }),
      0,
      limits.commandId,
    ],
    ["extension_ui_response session", (n) => ({ ...answer, session: text(n) }), 1, 100],
    ["extension_ui_response id", (n) => ({ ...answer, id: text(n) }), 1, 200],
    ["history session", (n) => ({ type: "history", session: text(n), before: "b" }), 1, 100],
    ["history before", (n) => ({ type: "history", session: "s", before: text(n) }), 1, 100],
  ];
  test.each(members)("%s", (name, withLength, least, most) => {
    const [type, member] = name.split(" ") as [string, string];
    expect(refusal(withLength(least))).toBe("accepted");
    expect(refusal(withLength(most))).toBe("accepted");
    const over = refusal(withLength(most + 1));
    expect(over).toContain(`${type} frame: ${member} is a string of length ${most + 1}: use a string of `);
    expect(over).toContain(` ${most} characters`);
  });

  test.each(members.filter(([, , least]) => least > 0))("%s, empty", (name, withLength, least) => {
    const member = name.split(" ")[1];
    expect(refusal(withLength(0))).toContain(`${member} is an empty string: use a string of ${least} to`);
  });

  const numbers: [name: string, withNumber: (value: number) => object, least: number, most: number][] = [
    ["hello coalesce", (value) => ({ ...hello, coalesce: value }), 0, limits.coalesce],
    ["attach cursor.seq", (value) => ({ ...attach, cursor: { epoch: "e", seq: value } }), 0, Infinity],
    ["attach window.messages", (value) => ({ ...attach, window: { messages: value } }), 1, limits.windowMessages],
    ["attach window.bytes", (value) => ({ ...attach, window: { bytes: value } }), 1024, limits.windowMax],
    [
      "history window.messages",
      (value) => ({ type: "history", session: "s", before: "b", window: { messages: value } }),
      1,
      1_000,
    ],
  ];
  test.each(numbers)("%s", (name, withNumber, least, most) => {
    const member = name.split(" ")[1] as string;
    const highest = Math.min(most, Number.MAX_SAFE_INTEGER);
    expect(refusal(withNumber(least))).toBe("accepted");
    expect(refusal(withNumber(highest))).toBe("accepted");
    expect(refusal(withNumber(least - 1))).toContain(`${member} is ${least - 1}: use an integer`);
    expect(refusal(withNumber(least + 0.5))).toContain(`${member} is ${least + 0.5}: use an integer`);
  });

  test.each(numbers.filter((row) => row[3] < Infinity))("%s, over", (_name, withNumber, _least, most) => {
    expect(refusal(withNumber(most + 1))).toContain(`to ${most}.`);
  });

  test("nesting", () => {
    const nested = (levels: number) =>
      `{"type":"command","session":"s","payload":{"type":"x","deep":${"[".repeat(levels - 2)}${"]".repeat(levels - 2)}}}`;
    expect(refusal(nested(limits.frameDepth))).toBe("accepted");
    expect(refusal(nested(limits.frameDepth + 1))).toBe(
      `The frame nests deeper than ${limits.frameDepth} levels: send a flatter one.`,
    );
    expect(refusal(nested(500_000))).toContain("The frame nests deeper");
  });
});

describe("parseClientFrame", () => {
  test.each<[unknown, string]>([
    ["", "The frame is not JSON: send one JSON object in each text message."],
    ["{", "The frame is not JSON: send one JSON object in each text message."],
    ["null", 'The frame is null: send a JSON object with a "type".'],
    ["[1]", 'The frame is an array: send a JSON object with a "type".'],
    ["5", 'The frame is 5: send a JSON object with a "type".'],
    ['"hello"', 'The frame is a string of length 5: send a JSON object with a "type".'],
    [
      {},
      "The frame's type is missing: use one of hello, attach, detach, look, command, extension_ui_response, history, watch, unwatch, ping.",
    ],
    [{ type: 7 }, "The frame's type is 7: use one of hello,"],
    ['{"type":"__proto__"}', `The frame's type is "__proto__": use one of hello,`],
    [{ type: "constructor" }, `The frame's type is "constructor": use one of hello,`],
    [{ type: text(61) }, "The frame's type is a string of length 61: use one of hello,"],
    [{ type: "hello", clientId: "c" }, "hello frame: protocolVersion is missing: use an integer."],
    [{ ...hello, auth: "a secret" }, "hello frame: auth is a string of length 8: use an object with token."],
    [{ ...hello, client: null }, "hello frame: client is null: use an object with name, version."],
    [{ type: "attach" }, "attach frame: session is missing: use a string of 1 to 100 characters."],
    [{ ...attach, cursor: {} }, "attach frame: cursor.epoch is missing: use a string of 1 to 100 characters."],
    [{ ...attach, cursor: [] }, "attach frame: cursor is an array: use an object with epoch, seq."],
    [{ type: "command", session: "s" }, "command frame: payload is missing: use an object with type."],
    [
      { type: "command", session: "s", payload: { type: "abort", id: {} } },
      "command frame: payload.id is an object: use a string of at most 200 characters or a number.",
    ],
    [{ type: "watch", topic: "news" }, 'watch frame: topic is "news": use "sessions".'],
    [{ type: "unwatch" }, 'unwatch frame: topic is missing: use "sessions".'],
    [{ ...answer, cancelled: false }, "extension_ui_response frame: cancelled is false: use true."],
    [
      { ...answer, value: undefined },
      "extension_ui_response frame: it holds no answer: use exactly one of value, confirmed, cancelled.",
    ],
    [
      { ...answer, confirmed: false },
      "extension_ui_response frame: it holds value and confirmed: use exactly one of value, confirmed, cancelled.",
    ],
  ])("%j, is refused with a sentence that says what would be right", (frame, sentence) => {
    expect(refusal(frame)).toContain(sentence);
  });

  test("members that no schema names, pass through: newer clients may say more", () => {
    expect(refusal({ type: "ping", sent: 1, "a/b~c": {} })).toBe("accepted");
    expect(refusal('{"type":"ping","__proto__":{"session":"s"}}')).toBe("accepted");
    expect(refusal('{"type":"attach","__proto__":{"session":"s"}}')).toContain("session is missing");
  });

  test("any text, gives a frame or a PierError", () => {
    fc.assert(fc.property(fc.string(), (source) => void refusal(source)));
    fc.assert(fc.property(fc.json(), (source) => void refusal(source)));
  });

  test("any frame with any members, gives a frame or a PierError", () => {
    const names = fc.constantFrom(
      "session",
      "payload",
      "cursor",
      "window",
      "id",
      "value",
      "topic",
      "clientId",
      "auth",
      "before",
      "x",
    );
    const anyFrame = fc
      .tuple(fc.constantFrom(...Object.keys(clientFrames)), fc.dictionary(names, fc.jsonValue()))
      .map(([type, members]) => ({ ...members, type }));
    fc.assert(
      fc.property(anyFrame, (frame) => void refusal(frame)),
      { numRuns: 1_000 },
    );
  });
});

describe("frameTypeOf", () => {
  test.each([
    ['{"type":"attach"}', "attach"],
    ['{"type":"attached"}', undefined],
    ['{"type":"__proto__"}', undefined],
    ['{"type":7}', undefined],
    ["null", undefined],
    ["[]", undefined],
    ["{", undefined],
    [`{"type":"ping","x":${"[".repeat(200)}${"]".repeat(200)}}`, undefined],
  ])("%s, is %s", (source, type) => {
    expect(frameTypeOf(source)).toBe(type);
  });
});
