/** What every client needs to read pi's messages, whose shapes are never checked before. */
export { type DiffLine, diffCounts, diffLine } from "./edit-diff.ts";
export { body, elided, list, number, record, string } from "./loose.ts";
export { neutralise, neutraliseLine } from "./neutralise.ts";
export { parsePartialJson } from "./partial-json.ts";
export { readableError } from "./readable-error.ts";
export { shortPath } from "./short-path.ts";
export { type ChangedPart, changedParts } from "./word-changes.ts";
