import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { attached, events, reply, said, welcome } from "./support/frames.ts";
import { Harness } from "./support/harness.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

test("README's example runs as it stands", { timeout: 30_000 }, async () => {
  const readme = await readFile(`${folder}README.md`, "utf8");
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  expect(example.split("\n").length).toBeLessThanOrEqual(16);
  await using harness = await Harness.start();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-"], {
    cwd: folder,
    env: { ...process.env, PIER_URL: harness.server.url, PIER_TOKEN: "secret", PIER_SESSION: "s" },
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.end(example);
  const peer = await harness.server.peers.next();
  expect((await peer.next("hello")).auth).toEqual({ token: "secret" });
  peer.send(welcome());
  await peer.next("attach");
  peer.send(attached());
  const { payload } = await peer.next("command");
  expect(payload).toMatchObject({ type: "prompt", message: "What does this folder hold?" });
  peer.send(reply(payload.id), events(5, ...said("What does this folder hold?")));
  peer.send(
    events(9, { type: "message_end", message: { role: "assistant", content: [{ type: "text", text: "Files." }] } }),
  );
  expect(await output).toEqual([
    'user "What does this folder hold?"\nassistant [{"type":"text","text":"Files."}]\n',
    "",
  ]);
});
