import { expect, test } from "vitest";
import { eventsFrame, uiRequestFrame } from "../../../session/frame-text.ts";
import { translateFrame } from "./translate-frame.ts";

const odd = '{ "type":"odd","n":12345678901234567890,"f":1.0,"a":[1.0,{"b":"]}\\""}],"a":2 }';

test.each<[string, string[]]>([
  ["one", [odd]],
  ["several", [odd, '{"type":"b"}', odd]],
])("translateFrame of %s record in a frame, gives each as it was written", (_count, texts) => {
  const expected = texts.map((text) => ({ kind: "event", text }));
  expect(translateFrame(eventsFrame("s", 7, texts))).toEqual(expected);
});

test("translateFrame, leaves out replies for everyone and the daemon's own events", () => {
  const texts = ['{"id":"s:1","type":"response"}', '{"type":"pier_bash_start"}', '{"type":"a"}'];
  expect(translateFrame(eventsFrame("s", 7, texts))).toEqual([{ kind: "event", text: '{"type":"a"}' }]);
});

test("translateFrame of a request, gives pi's record back", () => {
  const record = '{"type":"extension_ui_request","id":"1","method":"confirm","title":"t","n":1.0}';
  expect(translateFrame(uiRequestFrame("s", 7, record, 99))).toEqual([{ kind: "request", text: record }]);
});

test.each([
  [
    "options",
    '{"type":"extension_ui_request","id":"1","method":"select","options":["a\\u0041",{"label":"b"}]}',
    { options: [{ label: "aA", value: "aA" }, { label: "b" }] },
  ],
  [
    "prefill",
    '{"type":"extension_ui_request","id":"1","method":"editor","prefill":"a"}',
    { prefill: "a", defaultValue: "a" },
  ],
  [
    "placeholder",
    '{"type":"extension_ui_request","id":"1","method":"input","placeholder":"a"}',
    { placeholder: "a", message: "a" },
  ],
  ["no options", '{"type":"extension_ui_request","id":"1","method":"select"}', {}],
])("translateFrame of a dialog with %s, says it as clients of version 1 know it", (_what, record, members) => {
  const [translated] = translateFrame(uiRequestFrame("s", 7, record, undefined));
  const { type, id, method, ...rest } = JSON.parse((translated as { text: string }).text) as Record<string, unknown>;
  expect([type, id, typeof method]).toEqual(["extension_ui_request", "1", "string"]);
  expect(rest).toEqual(members);
});

test.each(["answered", "gone"])("translateFrame of a dialog that is %s, gives nothing", (reason) => {
  expect(translateFrame(JSON.stringify({ type: "extension_ui_resolved", session: "s", id: "1", reason }))).toEqual([]);
});

test("translateFrame of a dialog whose time is over, says so", () => {
  const frame = JSON.stringify({ type: "extension_ui_resolved", session: "s", id: "1", reason: "expired" });
  expect(translateFrame(frame)).toEqual([{ kind: "expired", id: "1" }]);
});

test("translateFrame of a session that is gone, says so", () => {
  const frame = JSON.stringify({ type: "detached", session: "s", reason: "why" });
  expect(translateFrame(frame)).toEqual([{ kind: "gone", reason: "why" }]);
});

test.each(["session", "presence", "notice", "reply", "anything"])("translateFrame of %s, gives nothing", (type) => {
  expect(translateFrame(JSON.stringify({ type }))).toEqual([]);
});
