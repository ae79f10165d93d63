import { limits } from "@pier/protocol";
import { describe, expect, test } from "vitest";
import { deviceBudget, Intake } from "./intake.ts";

const now = () => 0;
const slowDown = (what: string) => `More came at once than this ${what} may send: slow down.`;

describe("Intake", () => {
  test("more frames within a second than the limit, are refused", () => {
    const intake = new Intake({ scope: "read", device: deviceBudget("read", now), now });
    for (let count = 0; count < limits.framesPerSecond; count++) expect(intake.refuse(20)).toBeUndefined();
    expect(intake.refuse(20)).toBe(`More than ${limits.framesPerSecond} frames came within a second: slow down.`);
  });

  test.each([
    ["prompt", limits.frame, limits.burst],
    ["read", limits.readFrame, limits.readBurst],
  ] as const)("the largest frames of a device that may %s, pass until the burst is used up", (scope, frame, burst) => {
    const intake = new Intake({ scope, device: deviceBudget(scope, now), now });
    for (let count = 0; count < burst / frame; count++) expect(intake.refuse(frame)).toBeUndefined();
    expect(intake.refuse(1)).toBe(slowDown("connection"));
  });

  test("several connections of a device, share what it may send", () => {
    const device = deviceBudget("prompt", now);
    const connections = Array.from({ length: 3 }, () => new Intake({ scope: "prompt", device, now }));
    const refusals = connections.map((intake) => intake.refuse(limits.burst));
    expect(refusals).toEqual([undefined, undefined, slowDown("device")]);
  });
});
