import { randomInt } from "node:crypto";

/** Crockford's alphabet: no I, L, O and U, which are misread or spell words. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A code of 40 bits to type by hand: `ABCD-EFGH`. */
export function createPairingCode(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]);
  return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
}

/** What a person typed, as the code was made; null when it cannot be a code. */
export function parsePairingCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
