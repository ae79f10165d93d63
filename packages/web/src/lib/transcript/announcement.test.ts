import type { AgentMessage, Dialog } from "@pier/protocol";
import { expect, test } from "vitest";
import { announcementOf, type Moment } from "./announcement.ts";

const moment = (change: Partial<Moment> = {}): Moment => ({
  isRunning: false,
  last: undefined,
  question: undefined,
  ...change,
});
const question = { id: "q", method: "confirm", title: "Delete it?" } as Dialog;
const stopped = (stopReason: string): AgentMessage => ({
  role: "assistant",
  content: [],
  stopReason,
  errorMessage: "529",
});

test("announcementOf, a turn that ended, says how", () => {
  const running = moment({ isRunning: true });
  expect(announcementOf(running, moment({ last: stopped("stop") }))).toBe("pi is done.");
  expect(announcementOf(running, moment({ last: stopped("aborted") }))).toBe("Stopped");
  expect(announcementOf(running, moment({ last: stopped("error") }))).toBe("Model request failed: 529");
});

test("announcementOf, a question, is said once", () => {
  const asked = moment({ isRunning: true, question });
  expect(announcementOf(moment({ isRunning: true }), asked)).toBe("pi asks: Delete it?");
  expect(announcementOf(asked, asked)).toBeNull();
});

test("announcementOf, a turn that begins or goes on, is nothing", () => {
  expect(announcementOf(moment(), moment({ isRunning: true }))).toBeNull();
  expect(announcementOf(moment({ isRunning: true }), moment({ isRunning: true, last: stopped("toolUse") }))).toBeNull();
});
