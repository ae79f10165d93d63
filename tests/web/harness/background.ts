import type { Page } from "playwright-core";

/**
 * Puts a page behind others, or back in front, as its tab tells it. A browser that is driven keeps all of its pages in
 * front, so what the page asks the browser is answered here.
 */
export async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      const { document, Event } = globalThis as unknown as { document: EventTarget; Event: typeof globalThis.Event };
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    },
    isVisible ? "visible" : "hidden",
  );
}
