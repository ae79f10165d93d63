import { expect, test } from "vitest";
import { paint } from "../text/style.ts";
import { countByActivity } from "./count-by-activity.ts";
import { record } from "./session-record.fixture.ts";
import { compareRecords, sessionsTable } from "./sessions-table.ts";

const now = Date.parse("2026-01-01T02:00:00.000Z");
const env = { HOME: "/home/ada" };
const sessions = [
  record({ id: "11111111-a", name: "closed one", status: "closed", last_active_at: "2026-01-01T01:59:59.500Z" }),
  record({ id: "22222222-a", name: "evil \u001b[2J name", working_dir: "/srv/\u001b]0;x\u0007app" }),
  record({
    id: "33333333-a",
    demo: true,
    working_dir: "/home/ada",
    activity: "running",
    last_active_at: "2026-01-01T01:30:00.000Z",
  }),
  record({ id: "33333333-b", attention: { reason: "question", text: "Allow\nsudo?" }, activity: "running" }),
].toSorted(compareRecords);

test("sessionsTable, shows those that need somebody first and nothing that moves the cursor", () => {
  expect(`\n${sessionsTable(sessions, { env, now, paint: (text) => text }).join("\n")}\n`).toBe(`
ID          STATE    NAME        FOLDER     MODEL       AGE  NEEDS YOU
33333333-b  running              ~/project  large        2h  question: Allow sudo?
33333333-a  running              ~          demo model  30m
22222222    idle     evil name   /srv/app   large        2h
11111111    closed   closed one  ~/project  large       now
`);
});

test("sessionsTable in colours, paints whole lines by their state", () => {
  const lines = sessionsTable(sessions, { env, now, paint });
  expect(lines.map((line) => (line.startsWith("\u001b[") ? line.slice(2, line.indexOf("m")) : ""))).toEqual([
    "2",
    "33",
    "",
    "",
    "2",
  ]);
});

test("countByActivity, counts and says who waits", () => {
  expect(countByActivity(sessions)).toBe("4: 2 running, 1 idle, 1 closed; 1 needs somebody");
  expect(countByActivity([])).toBe("none");
});
