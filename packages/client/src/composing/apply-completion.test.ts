import { expect, test } from "vitest";
import { applyCompletion } from "./apply-completion.ts";

/** Completes at `|` and marks where the cursor is then. */
function complete(marked: string, prefix: string, value: string): string {
  const column = marked.indexOf("|");
  const { lines, cursorLine, cursorCol } = applyCompletion([marked.replace("|", "")], 0, column, { value }, prefix);
  const line = lines[cursorLine] ?? "";
  return `${line.slice(0, cursorCol)}|${line.slice(cursorCol)}`;
}

test.each([
  ["/mo|", "/mo", "/model", "/model |"],
  ["/model g|", "g", "demo/m", "/model demo/m |"],
  ["see @a|", "@a", "@a.ts", "see @a.ts |"],
  ["see @a| now", "@a", "@a.ts", "see @a.ts |now"],
  ["see @s|", "@s", "@src/", "see @src/|"],
  ['see @"a|', '@"a', '@"a b.ts"', 'see @"a b.ts" |'],
  ['see @"a|" now', '@"a', '@"a b.ts"', 'see @"a b.ts" |now'],
  ['see @"a|', '@"a', '@"a b/"', 'see @"a b/|"'],
])("applyCompletion at %j, gives %4$j", (marked, prefix, value, expected) => {
  expect(complete(marked, prefix, value)).toBe(expected);
});
