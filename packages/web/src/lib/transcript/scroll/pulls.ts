/** px that a finger moves before it is meant. */
const meant = 4;

/** Tells when a person begins to go up in an element that scrolls: with the wheel, the keyboard or a finger. Until the signal. */
export function onPullUp(view: HTMLElement, pull: () => void, signal: AbortSignal): void {
  const options = { signal, passive: true };
  const pulled = (event: Event): void => {
    if (!isInside(event.target, view)) pull();
  };
  view.addEventListener("wheel", (event) => event.deltaY < 0 && pulled(event), options);
  view.addEventListener("keydown", (event) => isUpwards(event) && pulled(event), options);
  let from = 0;
  view.addEventListener("touchstart", ({ touches }) => (from = touches[0]?.clientY ?? 0), options);
  view.addEventListener(
    "touchmove",
    (event) => event.touches.length === 1 && (event.touches[0]?.clientY ?? 0) - from > meant && pulled(event),
    options,
  );
}

/** Whether it is something within the view that goes up: an output that scrolls by itself. */
function isInside(target: EventTarget | null, view: HTMLElement): boolean {
  for (let element = target as HTMLElement | null; element && element !== view; element = element.parentElement) {
    if (element.scrollTop > 0) return true;
  }
  return false;
}

function isUpwards({ key, shiftKey, target }: KeyboardEvent): boolean {
  if (target instanceof HTMLElement && target.closest("input, textarea, select")) return false;
  return ["PageUp", "Home", "ArrowUp"].includes(key) || (key === " " && shiftKey);
}
