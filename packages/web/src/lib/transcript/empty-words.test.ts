import { expect, test } from "vitest";
import { emptyWords, type EmptySession } from "./empty-words.ts";

const info = { status: "live", activity: "idle", origin: "pier" } as const;
const fresh: EmptySession = { info, status: "live", connection: "open", mayWrite: true };

test.each<[string, Partial<EmptySession>, string]>([
  ["a new session", {}, "Nothing was said yet. Write what pi should do."],
  ["one that may only be looked at", { mayWrite: false }, "Nothing was said yet."],
  ["one whose pi starts", { info: { ...info, activity: "starting" } }, "pi is starting…. You can write already."],
  [
    "a parked one",
    { info: { ...info, activity: "parked" } },
    "Nothing was said yet. pi starts with the first message.",
  ],
  [
    "a closed one",
    { info: { ...info, status: "closed", activity: "closed" } },
    "Nothing was said in this session. It is closed.",
  ],
  ["one that is being attached to", { status: "attaching" }, "Opening the session…."],
  ["one without a connection", { connection: "waiting" }, "No connection. What was said shows when it is back."],
  ["one that was left", { status: "detached" }, "This session was left. Open it again to follow it."],
])("emptyWords, of %s", (_what, change, words) => {
  const { what, advice } = emptyWords({ ...fresh, ...change });
  expect([what, advice].filter(Boolean).join(". ")).toBe(advice === "" ? words.replace(/\.$/, "") : words);
});
