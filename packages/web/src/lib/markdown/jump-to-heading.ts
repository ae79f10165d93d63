/** Follows a link to a heading of the same text. The page's own address has nothing to do with it and stays. */
export function jumpToHeading(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  event.preventDefault();
  const wanted = slug(decode(event.currentTarget.hash.slice(1)));
  const headings = event.currentTarget.closest(".prose")?.querySelectorAll("h1, h2, h3, h4, h5, h6") ?? [];
  const heading = [...headings].find(({ textContent }) => slug(textContent) === wanted);
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}

function slug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s+/g, "-");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
