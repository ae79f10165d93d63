import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdownLimits } from "./limits.ts";
import { imageAddress, linkAddress, otherHost } from "./links.ts";

const schemes = [
  "javascript",
  "data",
  "vbscript",
  "file",
  "blob",
  "filesystem",
  "about",
  "view-source",
  "intent",
  "ws",
];
/** What browsers leave out of an address, or let stand before it. */
const unseen = ["\t", "\n", "\r", " ", "\u0000", "\u0001", "\u001F", "\u00A0", "\u200B", "\uFEFF", "\u202E"];

describe("linkAddress", () => {
  test.each(["https://example.org/a?b=c#d", "http://example.org/", "mailto:a@example.org", "#a-heading"])(
    "%s is one",
    (address) => {
      expect(linkAddress(address)).toBe(address);
    },
  );

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "//evil.example/",
    "/api/daemon/stop",
    "api/sessions",
    "?theme=x",
    "\\\\evil.example\\share",
    "https:",
    "https://",
    "",
    "# a",
  ])("%j is none", (address) => {
    expect(linkAddress(address)).toBeNull();
  });

  test("a scheme that runs something, with anything unseen in or before it: none", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...schemes),
        fc.array(fc.tuple(fc.nat(12), fc.constantFrom(...unseen)), { maxLength: 4 }),
        (scheme, added) => {
          let text = `${scheme}:alert(1)`;
          for (const [at, character] of added) text = text.slice(0, at) + character + text.slice(at);
          expect(linkAddress(text)).toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("any text: null, or an address with a scheme that is allowed", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webUrl(),
      fc.string().map((text) => `https:${text}`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const address = linkAddress(text);
        expect(address ?? "#").toMatch(/^(?:https?:|mailto:|#)/);
      }),
    );
  });

  test("the longest is one, a longer one is none", () => {
    const long = (length: number): string => `https://example.org/${"a".repeat(length - 20)}`;
    expect(linkAddress(long(markdownLimits.address))).not.toBeNull();
    expect(linkAddress(long(markdownLimits.address + 1))).toBeNull();
  });
});

describe("otherHost", () => {
  test.each([
    ["https://evil.example/", "bank.example", "evil.example"],
    ["https://evil.example/", "https://bank.example/login", "evil.example"],
    ["https://evil.example/", "www.bank.example", "evil.example"],
    ["https://bank.example@evil.example/", "bank.example", "evil.example"],
    ["https://bank.example:443@evil.example/", "https://bank.example", "evil.example"],
    ["https://bank.example.evil.example/", "bank.example", "bank.example.evil.example"],
    ["https://bank.example:8443/", "bank.example", "bank.example:8443"],
    ["https://xn--80ak6aa92e.com/", "apple.com", "xn--80ak6aa92e.com"],
    ["mailto:thief@evil.example", "bank.example/help", "thief@evil.example"],
    ["https://evil.example/", "\u202Ebank.example", "evil.example"],
    ["https://evil.example/", "bank\u200B.example", "evil.example"],
    ["https://evil.example/", "bank.example\u2060", "evil.example"],
  ])("%s, shown as %j: says %s", (address, words, host) => {
    expect(otherHost(address, words)).toBe(host);
  });

  test.each([
    ["https://example.org/a", "example.org"],
    ["https://www.example.org/", "example.org/a"],
    ["https://example.org/", "the documentation"],
    ["https://github.com/a/b/README.md", "README.md"],
    ["https://example.org/", "v1.2"],
    ["#part", "example.org"],
  ])("%s, shown as %j: says nothing", (address, words) => {
    expect(otherHost(address, words)).toBeNull();
  });
});

describe("imageAddress", () => {
  test("an image inside its address is shown at once, one elsewhere names its host", () => {
    const inside = "data:image/png;base64,iVBORw0KGgo=";
    expect(imageAddress(inside)).toEqual({ src: inside, host: null });
    expect(imageAddress("https://example.org:8443/a.png")).toEqual({
      src: "https://example.org:8443/a.png",
      host: "example.org:8443",
    });
  });

  test.each([
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/png,<script>",
    "javascript:alert(1)",
    "/api/sessions",
    "//evil.example/a.png",
    "file:///a.png",
    `data:image/png;base64,${"A".repeat(markdownLimits.embeddedImage)}`,
  ])("%.60s is none", (address) => {
    expect(imageAddress(address)).toBeNull();
  });
});
