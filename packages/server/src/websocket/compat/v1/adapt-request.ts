import { rawMember, replaceMembers } from "@pier/protocol";

/**
 * A dialog as the clients of version 1 understand it. They take `{label, value}` for an option where pi writes its text,
 * fill a text field from `defaultValue`, and show `message` above it: with pi's own members alone a `select` cannot be
 * answered, and the text to edit is not there. What pi wrote stays, except the options.
 */
export function adaptRequest(record: string): string {
  switch (text(rawMember(record, "method"))) {
    case "select": {
      const options = rawMember(record, "options");
      return options === undefined ? record : withMember(record, "options", JSON.stringify(asObjects(options)));
    }
    case "editor":
      return withCopy(record, "prefill", "defaultValue");
    case "input":
      return withCopy(record, "placeholder", "message");
    default:
      return record;
  }
}

function asObjects(options: string): unknown {
  const parsed = JSON.parse(options) as unknown;
  if (!Array.isArray(parsed)) return parsed;
  return parsed.map((option: unknown) => (typeof option === "string" ? { label: option, value: option } : option));
}

function withCopy(record: string, from: string, to: string): string {
  const value = rawMember(record, from);
  return value === undefined || rawMember(record, to) !== undefined ? record : withMember(record, to, value);
}

/** The record with one member set, at its end. */
function withMember(record: string, key: string, value: string): string {
  const kept = replaceMembers(record, [key], "");
  return `${kept.slice(0, -1)},${JSON.stringify(key)}:${value}}`;
}

function text(raw: string | undefined): unknown {
  return raw === undefined ? undefined : (JSON.parse(raw) as unknown);
}
