import { splitAttachedFiles } from "@pier/protocol/runtime";
import type { PiTreeNode } from "./pi-replies.ts";

/** A message of the user in pi's session tree. */
export interface TreeRow {
  id: string;
  /** How many branchings lead to it. */
  depth: number;
  /** Whether it is on the way to where the conversation stands. */
  active: boolean;
  text: string;
  /** The name that somebody gave to it or to what follows it. */
  label?: string;
  /** How the answer begins, or what came instead of one. */
  answer: string;
}

/** The user's messages of a session tree, parents first; a chain stays in its column, branches are indented. */
export function treeRows(tree: readonly PiTreeNode[], leafId: string | null): TreeRow[] {
  const rows: TreeRow[] = [];
  const active = activePath(tree, leafId);
  // Not recursive: a chain is as deep as the session is long.
  const pending = indented(tree, 0);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, depth } = next;
    if (isUserMessage(node)) {
      const label = node.label ?? labelBelow(node);
      rows.push({
        id: node.entry.id,
        depth,
        active: active.has(node.entry.id),
        text: splitAttachedFiles(textOf(node)).text || "(no text)",
        ...(label !== undefined && { label }),
        answer: answerTo(node),
      });
    }
    pending.push(...indented(node.children, depth));
  }
  return rows;
}

/** Children in the order in which they are taken from the end. */
function indented(nodes: readonly PiTreeNode[], depth: number): { node: PiTreeNode; depth: number }[] {
  const below = nodes.length > 1 ? depth + 1 : depth;
  return nodes.map((node) => ({ node, depth: below })).toReversed();
}

function activePath(tree: readonly PiTreeNode[], leafId: string | null): Set<string> {
  const parents = new Map<string, string | null>();
  const pending = [...tree];
  for (let node = pending.pop(); node; node = pending.pop()) {
    parents.set(node.entry.id, node.entry.parentId);
    pending.push(...node.children);
  }
  const path = new Set<string>();
  for (let id: string | null | undefined = leafId; id && !path.has(id); id = parents.get(id)) path.add(id);
  return path;
}

/** What follows a message up to the next one of the user, along the first children. */
function* following(node: PiTreeNode): Generator<PiTreeNode> {
  for (let next = node.children[0]; next && !isUserMessage(next); next = next.children[0]) yield next;
}

function labelBelow(node: PiTreeNode): string | undefined {
  for (const { label } of following(node)) if (label !== undefined) return label;
  return undefined;
}

function answerTo(node: PiTreeNode): string {
  let tools = 0;
  for (const next of following(node)) {
    const message = messageOf(next);
    if (message?.role === "toolResult") tools++;
    const text = message?.role === "assistant" ? textOf(next) : "";
    if (text !== "") return text;
  }
  return tools === 0 ? "" : `${tools} tool ${tools === 1 ? "call" : "calls"}`;
}

function isUserMessage(node: PiTreeNode): boolean {
  return messageOf(node)?.role === "user";
}

/** As it stands in the file: nothing about it is certain. */
function messageOf({ entry }: PiTreeNode): { role?: unknown; content?: unknown } | null {
  const { message } = entry;
  return entry.type === "message" && typeof message === "object" ? message : null;
}

function textOf(node: PiTreeNode): string {
  const content = messageOf(node)?.content;
  if (typeof content === "string") return content.trim();
  if (!Array.isArray(content)) return "";
  return content
    .map((part: { type?: unknown; text?: unknown } | null) =>
      part?.type === "text" && typeof part.text === "string" ? part.text : "",
    )
    .join(" ")
    .trim();
}
