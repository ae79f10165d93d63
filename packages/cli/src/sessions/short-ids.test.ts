import { expect, test } from "vitest";
import { shortId } from "./short-ids.ts";

test("shortId, of ids that begin with the time: two of one minute are told apart", () => {
  const [one, other] = ["01a225cc-a040-7246-8d20-701f1ae80b57", "01a225cc-b111-7246-8d20-701f1ae80b57"] as const;
  expect([shortId(one), shortId(other)]).toEqual(["01a225cc-a040", "01a225cc-b111"]);
});

test("shortId, of random ones: eight characters", () => {
  expect(shortId("cade1544-a882-4f9a-b62b-e9aaeca0fd1a")).toBe("cade1544");
});
