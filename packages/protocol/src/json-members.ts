/** The text range of one member of a JSON object. */
export interface JsonMember {
  key: string;
  /** Where the member starts: the opening quote of its key. */
  start: number;
  valueStart: number;
  /** One past the last character of the value. */
  end: number;
}

/**
 * Finds the members of the object that `text` holds, without building it, so that a value can be passed on
 * exactly as it was written (big integers, `1.0`, duplicate keys).
 *
 * `text` must be valid JSON (it went through `JSON.parse` before); for anything but an object the list is empty.
 */
export function jsonMembers(text: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipSpace(text, 0);
  if (text[at] !== "{") return members;
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "}") {
    const start = at;
    const keyEnd = skipString(text, at);
    const key = JSON.parse(text.slice(start, keyEnd)) as string;
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, valueStart);
    members.push({ key, start, valueStart, end });
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return members;
}

/** The raw text of a member's value; of the last one where a key is repeated, as `JSON.parse` has it. */
export function rawMember(text: string, key: string): string | undefined {
  const member = jsonMembers(text).findLast((candidate) => candidate.key === key);
  return member && text.slice(member.valueStart, member.end);
}

/** The elements of the array that `text` holds, each as it was written; see `jsonMembers`. For anything but an array the list is empty. */
export function jsonElements(text: string): string[] {
  const elements: string[] = [];
  let at = skipSpace(text, 0);
  if (text[at] !== "[") return elements;
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "]") {
    const end = skipValue(text, at);
    if (end === at) break;
    elements.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return elements;
}

/** The object text with every member of `remove` left out and `prefix` (raw members, no trailing comma) put first. */
export function replaceMembers(text: string, remove: readonly string[], prefix: string): string {
  const kept = jsonMembers(text).filter((member) => !remove.includes(member.key));
  const parts = kept.map((member) => text.slice(member.start, member.end));
  return `{${[...(prefix === "" ? [] : [prefix]), ...parts].join(",")}}`;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at++;
  }
  return at;
}

/** Returns the position after the closing quote of the string that opens at `at`. */
function skipString(text: string, at: number): number {
  let close = at;
  for (;;) {
    close = text.indexOf('"', close + 1);
    if (close === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(close - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return close + 1;
  }
}

function skipValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first !== "{" && first !== "[") {
    while (at < text.length && !",]} \n\r\t".includes(text[at] as string)) at++;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = skipString(text, at);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    if (character === "}" || character === "]") depth--;
    at++;
    if (depth === 0) break;
  }
  return at;
}
