import { record, string } from "@pier/client/messages";
import type { Block } from "../../screen/block.ts";
import { cleanLine } from "../base/clean.ts";
import { compactJson } from "../base/compact-json.ts";
import { TextBlock } from "../text-block.ts";
import type { View } from "../view.ts";

/** A message of which nothing is known but that it is there. */
export function plainCard(message: Record<string, unknown>, { theme, expanded }: View): Block {
  const { role, entry, timestamp: _when, ...rest } = message;
  const { type, id: _id, parentId: _parent, timestamp: _at, ...members } = record(entry);
  const [name, content] =
    role === "entry"
      ? [string(type) || "entry", members]
      : [string(role) || "message", entry === undefined ? rest : { entry, ...rest }];
  const text = Object.keys(content).length > 0 ? ` ${compactJson(content, expanded ? 4000 : undefined)}` : "";
  return new TextBlock(`[${cleanLine(name).slice(0, 100)}]${text}`, (row) => theme.fg("dim", row));
}
