import { afterAll, beforeAll, expect, test } from "vitest";
import { type PiServer, startPiServer } from "./harness/pi-server.ts";
import { connect, isEvent } from "./harness/v1-client.ts";

let server: PiServer;
beforeAll(async () => {
  server = await startPiServer({ agent: "raw-records" });
});
afterAll(() => server.dispose());

const odd = '"n":12345678901234567890,"f":1.0,"e":1E+2,"z":-0,"a":1,"a":2,"s":"\\u00e9\\/\u2028"';
const message =
  '{"role":"assistant","content":[{"type":"text","text":"\\u0041"}],"n":12345678901234567890,"f":1.0,"a":1,"a":2}';

test("defect 9: records, pass byte for byte: big integers, 1.0, repeated keys, escapes, spaces", async () => {
  const { client, welcome } = await connect(server);
  const next = (count: number): number => welcome.currentSeq + count;
  client.command({ type: "prompt", message: "numbers" });
  await client.seen(isEvent("agent_settled"));
  expect(client.texts.slice(1)).toEqual([
    `{"type":"event","seq":${next(1)},"payload":{"type":"response","command":"prompt","success":true}}`,
    `{"type":"event","seq":${next(2)},"payload":{"type":"agent_start"}}`,
    `{"type":"event","seq":${next(3)},"payload":{"type":"message_start","message":{"role":"assistant","content":[]}}}`,
    `{"type":"event","seq":${next(4)},"payload":{"type":"odd",${odd}}}`,
    `{"type":"event","seq":${next(5)},"payload":{ "type" : "spaced" , "list":[ 1.0 , { "a":1,"a":2.0 } ] }}`,
    `{"type":"event","seq":${next(6)},"payload":{"type":"message_end","message":${message}}}`,
    `{"type":"extension_ui_request","seq":${next(7)},"id":"odd-1","method":"notify","message":"hi","n":12345678901234567890,"f":1.0,"a":1,"a":2}`,
    `{"type":"event","seq":${next(8)},"payload":{"type":"agent_end","messages":[]}}`,
    `{"type":"event","seq":${next(9)},"payload":{"type":"agent_settled"}}`,
  ]);
});

test("defect 9: welcome, holds state and messages byte for byte", async () => {
  const { client } = await connect(server);
  expect(client.texts[0]).toContain(
    '"sessionState":{"model":{"id":"raw","provider":"fixture"},"isStreaming":false,"sessionId":"raw","big":12345678901234567890,"ratio":1.0}',
  );
  expect(client.texts[0]).toContain(`"messages":[${message}]`);
});

test("defect 9: commands, reach pi byte for byte but for their id, and replies come back so", async () => {
  const { client } = await connect(server);
  client.send(
    '{"type":"command","payload":{"type":"echo","id":12345678901234567890.0,"n":12345678901234567890,"f":1.0,"a":1,"a":2}}',
  );
  await client.seen(({ payload }) => payload?.command === "echo");
  expect(client.texts.at(-1)).toMatch(
    /"payload":\{"id":12345678901234567890\.0,"type":"response","command":"echo","success":true,"data":\{"line":\{"id":"c:[^"]+","type":"echo","n":12345678901234567890,"f":1\.0,"a":1,"a":2\},"n":1\.0\}\}\}$/,
  );
});
