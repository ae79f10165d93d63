import { piKnows, treeRows } from "@pier/client";
import { neutraliseLine } from "../../text/index.ts";
import type { ClientCommand } from "../command.ts";
import { forkBefore } from "./fork.ts";

/** `/tree`. Over RPC pi can fork before a message of the user, and nothing else: only these are offered. */
export const treeCommand: ClientCommand = {
  name: "tree",
  description: "See all branches of the session file, and fork from one",
  isOffered: (context) => piKnows(context.attachment, "get_tree"),
  async run(context) {
    const { tree, leafId } = await context.wait("Reading the tree…", (signal) =>
      context.attachment.getTree({ signal }),
    );
    const rows = treeRows(tree, leafId);
    const here = rows.findLast(({ active }) => active);
    const entry = await context.pick({
      title: "Tree of this session: fork before which message of yours?",
      choices: rows.map(({ id, depth, active, text, label, answer }) => ({
        value: id,
        label: `${active ? "• " : "  "}${"│ ".repeat(depth)}${label === undefined ? "" : `[${neutraliseLine(label)}] `}${neutraliseLine(text)}`,
        detail: [answer, id === here?.id ? "you are here" : ""].filter(Boolean).map(neutraliseLine).join(" · "),
      })),
      ...(here && { current: here.id }),
      empty: "Nothing was said yet.",
    });
    if (entry !== null) await forkBefore(context, entry);
  },
};
