/** Keeps fingers and screen readers from what lies behind an element that covers the page, until the returned function is called. */
export function coverPage(element: HTMLElement): () => void {
  const covered: HTMLElement[] = [];
  for (
    let inside: HTMLElement = element;
    inside.parentElement && inside !== document.body;
    inside = inside.parentElement
  ) {
    for (const sibling of inside.parentElement.children) {
      // News is still read, and dialogs lie above.
      const stays =
        sibling === inside ||
        sibling.matches("dialog, [role=status], script, style") ||
        !(sibling instanceof HTMLElement);
      if (stays || sibling.inert) continue;
      sibling.inert = true;
      covered.push(sibling);
    }
  }
  return () => {
    for (const sibling of covered) sibling.inert = false;
  };
}
