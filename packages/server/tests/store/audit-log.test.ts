import { appendFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { storeLimits } from "../../src/limits.ts";
import { type AuditEntry, openAuditLog } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const entry: AuditEntry = { device: "d1", address: "192.0.2.1", action: "POST /api/sessions", outcome: "ok" };

function open(folder = temporaryFolder(), options: Parameters<typeof openAuditLog>[1] = {}) {
  const audit = openAuditLog(folder, { now: () => 0, ...options });
  onTestFinished(() => audit.close());
  return { audit, folder };
}

describe("18. Audit log: who did what from where", () => {
  test("entries are read newest first, with their time, also after opening again", () => {
    const { audit, folder } = open();
    audit.append({ ...entry, target: "a" });
    audit.append({ ...entry, target: "b" });
    const expected = [{ at: "1970-01-01T00:00:00.000Z", ...entry, target: "b" }];
    expect(audit.read(1)).toEqual(expected);
    audit.close();
    expect(open(folder).audit.read(1)).toEqual(expected);
    expect(open(folder).audit.read(9)).toHaveLength(2);
  });

  test("a full file is set aside and the oldest dropped, so that its size is bounded", () => {
    const { audit, folder } = open(undefined, { fileSize: 1_000 });
    for (let index = 0; index < 200; index++) audit.append({ ...entry, target: String(index) });
    const files = readdirSync(folder).toSorted();
    expect(files).toEqual([
      ...Array.from({ length: storeLimits.auditFiles }, (_, index) => `audit.${index + 1}.jsonl`),
      "audit.jsonl",
    ]);
    for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(1_001);
    expect(audit.read(1)[0]?.target).toBe("199");
    expect(audit.read(9).map(({ target }) => target)).toEqual(Array.from({ length: 9 }, (_, n) => String(199 - n)));
  });

  test("a torn line spoils nothing but itself", () => {
    const { audit, folder } = open();
    audit.append(entry);
    audit.close();
    appendFileSync(join(folder, "audit.jsonl"), '{"at":"19');
    const again = open(folder).audit;
    again.append({ ...entry, target: "after" });
    expect(again.read(9).map(({ target }) => target)).toEqual(["after", undefined]);
  });

  test("an endless entry loses its details", () => {
    const { audit, folder } = open();
    audit.append({ ...entry, target: "x".repeat(100_000) });
    expect(readFileSync(join(folder, "audit.jsonl")).length).toBeLessThan(1_000);
    expect(audit.read(1)).toEqual([{ at: "1970-01-01T00:00:00.000Z", ...entry }]);
  });

  test("a failure is told, never thrown", () => {
    const errors: Error[] = [];
    const { audit, folder } = open(undefined, { onError: (error) => errors.push(error), now: () => Number.NaN });
    audit.append(entry);
    expect(errors).toHaveLength(1);
    expect(readFileSync(join(folder, "audit.jsonl"), "utf8")).toBe("");
  });
});
