import { describe, expect, test } from "vitest";
import { addressBlock } from "../../src/auth/addresses.ts";
import { Failures } from "../../src/auth/failures.ts";
import { authLimits } from "../../src/limits.ts";

function open() {
  const clock = { now: 0 };
  const failures = new Failures(() => clock.now);
  return { clock, failures };
}

function fail(failures: Failures, times: number, address = "192.0.2.1"): void {
  for (let index = 0; index < times; index++) failures.add(address);
}

describe("9. Failed logins back off per address and globally with bounded memory", () => {
  test("the first ones are free, then the wait doubles up to a longest one", () => {
    const { failures } = open();
    fail(failures, authLimits.freeFailures - 1);
    expect(failures.waitOf("192.0.2.1")).toBe(0);
    const waits = Array.from({ length: 9 }, () => {
      fail(failures, 1);
      return failures.waitOf("192.0.2.1");
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(failures.waitOf("192.0.2.2")).toBe(0);
  });

  test("a wait passes, a success and a long pause forget", () => {
    const { failures, clock } = open();
    fail(failures, authLimits.freeFailures);
    clock.now += authLimits.firstWait;
    expect(failures.waitOf("192.0.2.1")).toBe(0);
    fail(failures, 1);
    expect(failures.waitOf("192.0.2.1")).toBe(2_000);
    failures.clear("192.0.2.1");
    expect(failures.waitOf("192.0.2.1")).toBe(0);
    fail(failures, authLimits.freeFailures);
    clock.now += authLimits.forgetFailures;
    fail(failures, 1);
    expect(failures.waitOf("192.0.2.1")).toBe(0);
  });

  test("many addresses together make everybody wait, until it is forgiven", () => {
    const { failures, clock } = open();
    for (let index = 0; index < authLimits.globalFailures * 2; index++) failures.add(`192.0.2.${index}`);
    expect(failures.waitOf("203.0.113.1")).toBe(authLimits.globalForgiveness);
    clock.now += authLimits.globalForgiveness;
    expect(failures.waitOf("203.0.113.1")).toBe(0);
    failures.add("203.0.113.2");
    expect(failures.waitOf("203.0.113.1")).toBe(authLimits.globalForgiveness);
    clock.now += authLimits.globalForgiveness * authLimits.globalFailures;
    for (let index = 1; index < authLimits.globalFailures; index++) failures.add(`192.0.2.${index}`);
    expect(failures.waitOf("203.0.113.1")).toBe(0);
  });

  test("a hundred thousand addresses take no more memory than the limit says", () => {
    const { failures } = open();
    for (let index = 0; index < 100_000; index++)
      failures.add(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
    expect(failures.size).toBe(authLimits.addresses);
  });

  test("all of an IPv6 /64 counts as one address, and IPv4 inside IPv6 as IPv4", () => {
    expect(addressBlock("2001:db8:0:1::1")).toBe(addressBlock("2001:db8::1:ffff:ffff:ffff:ffff"));
    expect(addressBlock("2001:db8:0:1::1")).not.toBe(addressBlock("2001:db8:0:2::1"));
    expect(addressBlock("::1")).toBe("0:0:0:0::/64");
    expect(addressBlock("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
    expect(addressBlock("::ffff:192.0.2.1")).toBe("192.0.2.1");
    expect(addressBlock("x".repeat(5_000))).toHaveLength(100);
  });
});
