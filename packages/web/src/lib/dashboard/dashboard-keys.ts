/** What a key asks of the dashboard, unless it is typed into something or belongs to what lies over the page. */
export function keyOf({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): "new" | "search" | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog, .menu[open]")) {
    return null;
  }
  if (key === "/") return "search";
  return key.toLowerCase() === "n" ? "new" : null;
}
