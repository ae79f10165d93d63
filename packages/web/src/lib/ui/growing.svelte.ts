import type { Attachment } from "svelte/attachments";

/**
 * Text that may grow, in an element of its own: what comes is added to the text that is there, so that what a person
 * selected in it stays selected. For `{@attach}`.
 */
export function growing(text: () => string): Attachment<Element> {
  return (element) => {
    const node = document.createTextNode("");
    let shown = "";
    element.append(node);
    $effect(() => {
      const next = text();
      const same = next.startsWith(shown) ? shown.length : sameLength(shown, next);
      if (same < shown.length || same < next.length) node.replaceData(same, shown.length - same, next.slice(same));
      shown = next;
    });
    return () => node.remove();
  };
}

/** How far two texts are the same. */
function sameLength(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}
