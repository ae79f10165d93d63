import { execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf } from "../harness/normal.ts";
import { openSession, play, restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** In a folder of its own, whose uploads no other session shares. */
async function savedSession(): Promise<{ id: string; shared: string }> {
  const session = await openSession(daemon, { working_dir: mkdtempSync(join(daemon.folder, "of-its-own-")) });
  await play(session, [{ text: "Hello." }]);
  return { id: session.session, shared: join(dirname(fileOf(session)), "uploads", "_shared") };
}

const drafts = (shared: string) => {
  const incoming = join(shared, ".incoming");
  return existsSync(incoming) ? readdirSync(incoming) : [];
};
const contents = (shared: string) =>
  readdirSync(shared)
    .filter((name) => name !== ".incoming")
    .toSorted();
const file = (name: string, content: Buffer) => ({ name, content: new Blob([content]) });

/** An upload that has begun and does not end. */
function beginUpload(id: string, length: number) {
  const post = request(`${daemon.url}/api/sessions/${id}/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${daemon.token}`,
      "content-type": "multipart/form-data; boundary=x",
      "content-length": length,
    },
  });
  post.on("error", () => {});
  post.write('--x\r\nContent-Disposition: form-data; name="f"; filename="half.bin"\r\n\r\n');
  post.write(randomBytes(100_000));
  return post;
}

test("the client goes away in the middle of an upload: nothing of it stays", async () => {
  const { id, shared } = await savedSession();
  const upload = beginUpload(id, 10_000_000);
  await poll(() => drafts(shared).length === 1, "the draft");
  upload.destroy();
  await poll(() => drafts(shared).length === 0, "the end of the draft");
  expect(contents(shared)).toEqual([]);
  expect(await restOf(daemon).uploads(id)).toEqual([]);
});

test("kill -9 of the daemon in the middle of an upload: the next one clears it away, and keeps what was whole", async () => {
  const { id, shared } = await savedSession();
  const rest = restOf(daemon);
  const [kept] = await rest.upload(id, [file("kept.bin", randomBytes(1000))]);
  const upload = beginUpload(id, 10_000_000);
  await poll(() => drafts(shared).length === 1, "the draft");
  await daemon.kill();
  upload.destroy();
  expect(drafts(shared)).toHaveLength(1);
  await daemon.start();
  expect(drafts(shared)).toEqual([]);
  expect(contents(shared)).toEqual([kept?.sha256]);
  expect(await rest.uploads(id)).toEqual([kept]);
});

test("kill -9 at any moment of many uploads and removals: every file has its reference, and every reference its file", async () => {
  const { id, shared } = await savedSession();
  const rest = restOf(daemon);
  const bodies = Array.from({ length: 4 }, (_, index) => Buffer.alloc(200_000, index));
  for (let round = 0; round < 4; round++) {
    let done = 0;
    const work = Promise.allSettled(
      Array.from({ length: 8 }, async (_, index) => {
        for (let turn = 0; turn < 5; turn++) {
          const [one] = await rest.upload(id, [file(`${index % 3}.bin`, bodies[index % 4] as Buffer)]);
          done++;
          if (turn % 2 === 0) await rest.removeUpload(id, one?.id ?? "");
        }
      }),
    );
    await poll(() => done >= 3 + round * 5, "some uploads");
    await daemon.kill();
    await work;
    await daemon.start();
    const uploads = await rest.uploads(id);
    expect(drafts(shared)).toEqual([]);
    const named = new Set(uploads.map(({ sha256, name }) => join(sha256, name)));
    const there = contents(shared).flatMap((hash) => readdirSync(join(shared, hash)).map((name) => join(hash, name)));
    expect(there.toSorted()).toEqual([...named].toSorted());
    for (const path of there)
      expect(
        createHash("sha256")
          .update(readFileSync(join(shared, path)))
          .digest("hex"),
      ).toBe(dirname(path));
  }
});

// The nearest to a full disk that needs no disk of its own: the system lets no file of the daemon grow any further.
test.runIf(spawnSync("prlimit", ["--version"]).status === 0)(
  "no room on the disk: 507 with words, nothing stays, and with room again it works",
  async () => {
    const { id, shared } = await savedSession();
    const rest = restOf(daemon);
    const limit = (bytes: string) =>
      execFileSync("prlimit", ["--pid", String(daemon.pid), `--fsize=${bytes}:unlimited`]);
    const content = randomBytes(20_000_000);
    limit("8000000");
    await expect(rest.upload(id, [file("large.bin", content)])).rejects.toMatchObject({ status: 507, code: "STORAGE" });
    expect(drafts(shared)).toEqual([]);
    expect(contents(shared)).toEqual([]);
    limit("unlimited");
    expect(await rest.upload(id, [file("large.bin", content)])).toMatchObject([{ size: content.length }]);
  },
);

test("the folder of uploads is gone: new ones make it again, old ones are said to be gone", async () => {
  const { id, shared } = await savedSession();
  const rest = restOf(daemon);
  const content = Buffer.from("content");
  const [lost] = await rest.upload(id, [file("a", content)]);
  rmSync(dirname(shared), { recursive: true });
  const served = await fetch(rest.uploadAddress(id, lost?.id ?? ""), {
    headers: { authorization: `Bearer ${daemon.token}` },
  });
  expect(served.status).toBe(404);
  const [again] = await rest.upload(id, [file("a", content)]);
  expect(readFileSync(join(shared, again?.sha256 ?? "", "a"))).toEqual(content);
});
