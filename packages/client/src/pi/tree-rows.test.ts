import { describe, expect, test } from "vitest";
import type { PiEntry, PiTreeNode } from "./pi-replies.ts";
import { treeRows } from "./tree-rows.ts";

let parents: string[] = [];

/** An entry with a message, below the one that is being made. */
function node(id: string, role: string, text: unknown, ...below: (() => PiTreeNode)[]): () => PiTreeNode {
  return () => {
    const entry: PiEntry = { type: "message", id, parentId: parents.at(-1) ?? null, message: { role, content: text } };
    parents.push(id);
    const children = below.map((make) => make());
    parents.pop();
    return { entry, children };
  };
}

const text = (words: string): unknown => [{ type: "text", text: words }];
const build = (...roots: (() => PiTreeNode)[]): PiTreeNode[] => {
  parents = [];
  return roots.map((make) => make());
};

/** Two branches after the first answer; the conversation stands in the second. */
const branched = build(
  node(
    "u1",
    "user",
    text("one"),
    node(
      "a1",
      "assistant",
      text("answer one"),
      node("u2", "user", "two", node("a2", "assistant", text("answer two"), node("u3", "user", "three"))),
      node("u4", "user", text("four"), node("t4", "toolResult", text("out"), node("t5", "toolResult", text("out")))),
    ),
  ),
);

describe("treeRows", () => {
  test("of branches, are the user's messages, indented, with the way to where it stands", () => {
    expect(treeRows(branched, "t5").map(({ id, depth, active, answer }) => [id, depth, active, answer])).toEqual([
      ["u1", 0, true, "answer one"],
      ["u2", 1, false, "answer two"],
      ["u3", 1, false, ""],
      ["u4", 1, true, "2 tool calls"],
    ]);
  });

  test("with a label on a message or on its answer, show it", () => {
    const [root] = build(node("u1", "user", "one", node("a1", "assistant", text("x"), node("u2", "user", "two"))));
    const labelled = root as PiTreeNode;
    const answer = labelled.children[0] as PiTreeNode;
    answer.label = "good";
    expect(treeRows([labelled], "u2").map(({ label }) => label)).toEqual(["good", undefined]);
    labelled.label = "start";
    expect(treeRows([labelled], "u2")[0]?.label).toBe("start");
  });

  test("of several roots and other entries, keep their order", () => {
    const compaction: PiTreeNode = { entry: { type: "compaction", id: "c", parentId: null }, children: [] };
    const [first, second] = build(node("u1", "user", "one"), node("u2", "user", [{ type: "image" }]));
    expect(treeRows([first as PiTreeNode, compaction, second as PiTreeNode], null)).toMatchObject([
      { id: "u1", depth: 1, active: false, text: "one" },
      { id: "u2", depth: 1, active: false, text: "(no text)" },
    ]);
  });

  test("of a chain of 20,000 messages, are found without recursion", () => {
    let chain: PiTreeNode[] = [];
    for (let at = 19_999; at >= 0; at--) {
      const entry = {
        type: "message",
        id: `${at}`,
        parentId: at === 0 ? null : `${at - 1}`,
        message: { role: "user", content: "x" },
      };
      chain = [{ entry, children: chain }];
    }
    expect(treeRows(chain, "19999").every(({ active, depth }) => active && depth === 0)).toBe(true);
  });

  test.each([null, 7, "x", { role: "user" }, { role: "user", content: [null, 7, { type: "text", text: {} }] }])(
    "of an entry whose message is %j, do not throw",
    (message) => {
      const odd: PiTreeNode = { entry: { type: "message", id: "x", parentId: null, message }, children: [] };
      expect(treeRows([odd], "x").length).toBeLessThanOrEqual(1);
    },
  );

  test("a message with files, is what was typed", () => {
    const list = "Attached files:\n- /pi/uploads/_shared/aa/gauge.csv (text/csv, 12 bytes)";
    expect(treeRows(build(node("u1", "user", text(`Compare it.\n\n${list}`))), null)[0]?.text).toBe("Compare it.");
  });
});
