// oxlint-disable no-control-regex -- finding them is what this file is for
/**
 * Control sequences in full, so that no `[31m` stays behind: CSI; OSC, DCS, SOS, PM and APC with their text; two-character
 * escapes. What begins one ends the text of the one before, so that many unfinished ones are not each read to the end.
 */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f]{0,4096}(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;
/** C0 without tab and line feed, DEL, C1, and the marks that reorder text so that it reads as something else. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Takes from a text whatever could make a terminal do something else than show it. Tabs and line feeds stay. */
export function neutralise(text: string): string {
  return text.replace(sequences, "").replace(controls, "");
}

/** The same on one line: what would break it becomes a space. */
export function neutraliseLine(text: string): string {
  return neutralise(text).replace(/\s+/g, " ").trim();
}
