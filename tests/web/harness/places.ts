import type { Locator, Page } from "playwright-core";

/** How an element is scrolled, in px. */
interface Scroll {
  scrollTop: number;
  scrollHeight: number;
  clientHeight: number;
}

/** px from the window's upper edge. */
export async function topOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.y ?? Number.NaN;
}

export function scrollOf(log: Locator): Promise<Scroll> {
  return log.evaluate((element) => {
    const { scrollTop, scrollHeight, clientHeight } = element as unknown as Scroll;
    return { scrollTop, scrollHeight, clientHeight };
  });
}

/** px from the beginning to the end of what can be scrolled. */
export async function heightOf(log: Locator): Promise<number> {
  return (await scrollOf(log)).scrollHeight;
}

/** px that can be scrolled down. */
export async function fromEnd(log: Locator): Promise<number> {
  const { scrollTop, scrollHeight, clientHeight } = await scrollOf(log);
  return scrollHeight - clientHeight - scrollTop;
}

/** Waits until what is known by now was drawn. */
export async function drawn(page: Page): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await page.evaluate("new Promise(requestAnimationFrame)");
}

/** Waits until nothing moves any more. */
export async function still(log: Locator): Promise<void> {
  let before = Number.NaN;
  for (;;) {
    const { scrollTop } = await scrollOf(log);
    if (scrollTop === before) return;
    before = scrollTop;
    for (let frame = 0; frame < 3; frame++) await drawn(log.page());
  }
}

/** Goes up as far as there is something, as with the scroll bar. */
export async function toTop(log: Locator): Promise<void> {
  await log.evaluate((element) => {
    (element as unknown as Scroll).scrollTop = 0;
  });
}
