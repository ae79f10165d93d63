import type { Attachment } from "svelte/attachments";
import { limits } from "./limits.ts";
import { replacing } from "./replace-text.ts";

/**
 * Keeps the second click of a double click from something that the first one put under the pointer: Send where Stop
 * was, and the other way round. Keys are not kept from anything.
 *
 * @param shown what stands there now; it is another thing when this is another value
 */
export function steady(shown: () => unknown): Attachment<HTMLElement> {
  return (element) => {
    let wasClicked = false;
    let until = 0;
    const keep = (event: MouseEvent): void => {
      // Keys and screen readers click without a count.
      if (event.detail === 0) return;
      if (event.type === "click") wasClicked = true;
      if (performance.now() >= until) return;
      // With the press the keyboard would go to it.
      event.preventDefault();
      event.stopPropagation();
    };
    // Who typed in between does not double click, and what typing changes was not changed by a click.
    const onedit = (): void => {
      if (replacing.isNow) return;
      wasClicked = false;
      until = 0;
    };
    $effect(() => {
      void shown();
      if (wasClicked) until = performance.now() + limits.steady;
    });
    element.addEventListener("mousedown", keep, { capture: true });
    element.addEventListener("click", keep, { capture: true });
    addEventListener("keydown", onedit, { capture: true });
    addEventListener("input", onedit, { capture: true });
    return () => {
      element.removeEventListener("mousedown", keep, { capture: true });
      element.removeEventListener("click", keep, { capture: true });
      removeEventListener("keydown", onedit, { capture: true });
      removeEventListener("input", onedit, { capture: true });
    };
  };
}
