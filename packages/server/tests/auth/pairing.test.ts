import { describe, expect, test } from "vitest";
import { parsePairingCode } from "../../src/auth/pairing-code.ts";
import { authLimits } from "../../src/limits.ts";
import { openAuth } from "./open-auth.ts";

const from = { address: "192.0.2.1", name: "phone" };

describe("8. Pairing: single use, five minutes, rate-limited", () => {
  test("a code has 40 bits to type, a link a secret of 256 bits", () => {
    const { auth, clock } = openAuth();
    const minted = auth.pairing.mint({ scope: "prompt" });
    expect(minted.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(minted.secret).toMatch(/^[\w-]{43}$/);
    expect(minted.expiresAt).toBe(clock.now + 5 * 60_000);
  });

  test.each(["code", "secret"] as const)("the %s gives a device of the minted scope with a working token", (which) => {
    const { auth } = openAuth();
    const minted = auth.pairing.mint({ scope: "read", name: "minted" });
    const { device, token } = auth.pairing.exchange(minted[which], from);
    expect(device).toMatchObject({ name: "phone", scope: "read", lastAddress: "192.0.2.1" });
    expect(auth.authenticateToken(token, "192.0.2.1")).toEqual(device);
    expect(auth.devices()).toContainEqual(device);
  });

  test("each works once, and using one uses up the other", () => {
    const { auth } = openAuth();
    const minted = auth.pairing.mint({ scope: "prompt" });
    auth.pairing.exchange(minted.code, from);
    for (const again of [minted.code, minted.secret]) {
      expect(() => auth.pairing.exchange(again, from)).toThrow(
        expect.objectContaining({ code: "UNAUTHENTICATED", message: expect.stringContaining("pier pair") }),
      );
    }
    expect(auth.devices()).toHaveLength(2);
  });

  test("two exchanges at once: one wins", async () => {
    const { auth } = openAuth();
    const { code, secret } = auth.pairing.mint({ scope: "prompt" });
    const attempts = [code, secret, code, secret].map(async (used) => auth.pairing.exchange(used, from));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("five minutes later it is gone", () => {
    const { auth, clock } = openAuth();
    const late = auth.pairing.mint({ scope: "prompt" });
    clock.now += 5 * 60_000;
    expect(() => auth.pairing.exchange(late.secret, from)).toThrow(/older than five minutes/);
    const early = auth.pairing.mint({ scope: "prompt" });
    clock.now += 5 * 60_000 - 1;
    expect(auth.pairing.exchange(early.secret, from).device.scope).toBe("prompt");
  });

  test("it may be typed in lower case, without the dash, and with the letters people confuse", () => {
    expect(parsePairingCode("abcd-efgh")).toBe("ABCD-EFGH");
    expect(parsePairingCode(" ab cd efgh ")).toBe("ABCD-EFGH");
    expect(parsePairingCode("oO0Il1-22")).toBe("0001-1122");
    for (const wrong of ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFGU", "ABCD_EFGH", "x".repeat(1_000)]) {
      expect(parsePairingCode(wrong)).toBeNull();
    }
  });

  test("no more codes wait than the limit says; the oldest makes room", () => {
    const { auth } = openAuth();
    const minted = Array.from({ length: authLimits.pairingCodes + 1 }, () => auth.pairing.mint({ scope: "read" }));
    expect(() => auth.pairing.exchange(minted[0]?.secret ?? "", from)).toThrow(/wrong, was used/);
    expect(auth.pairing.exchange(minted[1]?.secret ?? "", from).device.scope).toBe("read");
  });

  test("wrong codes make an address wait, also for the right code, but not for the secret of a link", () => {
    const { auth, clock } = openAuth();
    const { code } = auth.pairing.mint({ scope: "prompt" });
    const { secret } = auth.pairing.mint({ scope: "prompt" });
    for (let index = 0; index < authLimits.freeFailures; index++) {
      expect(() => auth.pairing.exchange("0000-0000", from)).toThrow(/wrong/);
    }
    expect(() => auth.pairing.exchange(code, from)).toThrow(
      expect.objectContaining({ code: "RATE_LIMITED", retryAfter: 1, message: expect.stringContaining("1 s") }),
    );
    expect(auth.pairing.exchange(code, { ...from, address: "198.51.100.1" }).device.name).toBe("phone");
    expect(auth.pairing.exchange(secret, from).device.name).toBe("phone");
    clock.now += authLimits.firstWait;
    expect(() => auth.pairing.exchange("0000-0000", from)).toThrow(/wrong/);
  });

  test("guesses from many addresses are limited together", () => {
    const { auth } = openAuth();
    const codes = Array.from({ length: 200 }, (_, index) => {
      try {
        return auth.pairing.exchange("0000-0000", { address: `10.0.0.${index}` });
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(codes.filter((code) => code === "UNAUTHENTICATED")).toHaveLength(authLimits.globalFailures);
    expect(codes.at(-1)).toBe("RATE_LIMITED");
  });

  test("a valid token does not reset how often codes may be tried", () => {
    const { auth } = openAuth();
    const { token } = auth.pairing.exchange(auth.pairing.mint({ scope: "read" }).secret, from);
    for (let index = 0; index < authLimits.freeFailures; index++) {
      expect(() => auth.pairing.exchange("0000-0000", from)).toThrow(/wrong/);
      auth.authenticateToken(token, from.address);
    }
    expect(() => auth.pairing.exchange("0000-0000", from)).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  });

  test("devices are limited in number, and a code that met the limit can be used again", () => {
    const { auth } = openAuth();
    for (let index = auth.devices().length; index < authLimits.devices; index++) {
      auth.pairing.exchange(auth.pairing.mint({ scope: "read" }).secret, from);
    }
    const { secret } = auth.pairing.mint({ scope: "read" });
    expect(() => auth.pairing.exchange(secret, from)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
    auth.revoke(auth.devices().find(({ id }) => id !== "local")?.id ?? "");
    expect(auth.pairing.exchange(secret, from).device.scope).toBe("read");
  });
});
