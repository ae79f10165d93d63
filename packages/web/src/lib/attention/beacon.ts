import { pageAt } from "#lib/pier/where.ts";

/** Shows on the tab and on the icon of the installed page how many sessions need somebody. */
export function showNeeds(count: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon) icon.href = pageAt(count > 0 ? "/favicon-lit.svg" : "/favicon.svg");
  const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>;
  // A browser that has badges may still refuse them to a page that is not installed.
  const refused = (): void => {};
  if (count > 0) setAppBadge?.call(navigator, count).catch(refused);
  else clearAppBadge?.call(navigator).catch(refused);
}
