import type { GitSummary } from "@pier/protocol";
import { expect, test } from "vitest";
import { GitSummaries } from "../../src/git/git-summaries.ts";
import { gitLimits } from "../../src/limits.ts";
import { FakeClock } from "../session/support/fake-clock.ts";

const summary = (files: number): GitSummary => ({
  branch: "main",
  insertions: 0,
  deletions: 0,
  files,
  worktree: false,
});

/** Summaries whose reads end when a test says so. */
function open() {
  const clock = new FakeClock();
  const reads: { folder: string; end(found: GitSummary | undefined): Promise<void>; fail(): Promise<void> }[] = [];
  const changes: string[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const summaries = new GitSummaries({
    clock,
    read: (folder) => {
      const { promise, resolve, reject } = Promise.withResolvers<GitSummary | undefined>();
      reads.push({
        folder,
        end: (found) => {
          resolve(found);
          return settle();
        },
        fail: () => {
          reject(new Error("no git"));
          return settle();
        },
      });
      return promise;
    },
    onChange: (folder) => changes.push(folder),
  });
  return { clock, reads, changes, summaries };
}

test("GitSummaries, asked many times: one read at a time of a folder, then a pause, then what was asked meanwhile", async () => {
  const { clock, reads, changes, summaries } = open();
  summaries.look("/a");
  summaries.look("/a");
  expect(summaries.of("/a")).toBeUndefined();
  expect(reads).toHaveLength(1);
  await reads[0]?.end(summary(1));
  expect([summaries.of("/a"), changes]).toEqual([summary(1), ["/a"]]);
  summaries.look("/a");
  clock.advance(gitLimits.summaryInterval - 1);
  expect(reads).toHaveLength(1);
  clock.advance(1);
  expect(reads).toHaveLength(2);
  await reads[1]?.end(summary(1));
  expect(changes).toEqual(["/a"]);
  clock.advance(60_000);
  expect(reads).toHaveLength(2);
});

test("GitSummaries, a repository that is slow to read: rests longer", async () => {
  const { clock, reads, summaries } = open();
  summaries.look("/a");
  clock.advance(4_000);
  await reads[0]?.end(summary(1));
  summaries.look("/a");
  clock.advance(4_000 * gitLimits.summaryShare - 1);
  expect(reads).toHaveLength(1);
  clock.advance(1);
  expect(reads).toHaveLength(2);
});

test("GitSummaries, many folders: few at a time, all in the end; failures count as no repository", async () => {
  const { reads, summaries, changes } = open();
  for (let index = 0; index < 5; index++) summaries.look(`/${index}`);
  expect(reads.map(({ folder }) => folder)).toEqual(["/0", "/1"]);
  await reads[0]?.fail();
  expect(reads).toHaveLength(3);
  for (let index = 1; index < 5; index++) await reads[index]?.end(summary(index));
  expect(reads).toHaveLength(5);
  expect(changes).toEqual(["/1", "/2", "/3", "/4"]);
});

test("GitSummaries, more folders than are remembered: the one asked for longest ago is forgotten", async () => {
  const { reads, summaries } = open();
  for (let index = 0; index <= gitLimits.summaries; index++) {
    summaries.look(`/${index}`);
    await reads[index]?.end(summary(index));
  }
  expect(summaries.of("/0")).toBeUndefined();
  expect(summaries.of("/1")).toEqual(summary(1));
});

test("GitSummaries.close, while one is read and one waits: nothing more is read or told", async () => {
  const { clock, reads, changes, summaries } = open();
  summaries.look("/a");
  await reads[0]?.end(summary(1));
  summaries.look("/a");
  summaries.look("/b");
  summaries.close();
  await reads[1]?.end(summary(2));
  clock.advance(60_000);
  expect([reads.length, changes, clock.waiting]).toEqual([2, ["/a"], 0]);
});
