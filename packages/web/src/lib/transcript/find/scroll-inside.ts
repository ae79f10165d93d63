/** Brings a place into view in whatever scrolls by itself around it, up to a row of the conversation. */
export function scrollInside(range: Range, row: Element): void {
  for (let box = range.startContainer.parentElement; box && box !== row; box = box.parentElement) {
    const [isHigh, isWide] = [box.scrollHeight > box.clientHeight + 1, box.scrollWidth > box.clientWidth + 1];
    if ((!isHigh && !isWide) || !scrolls(box)) continue;
    const [place, seen] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
    if (isHigh && (place.top < seen.top || place.bottom > seen.bottom)) {
      box.scrollTop += place.top - seen.top - box.clientHeight / 3;
    }
    if (isWide && (place.left < seen.left || place.right > seen.right)) {
      box.scrollLeft += place.left - seen.left - box.clientWidth / 3;
    }
  }
}

function scrolls(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  return [overflowX, overflowY].some((value) => value === "auto" || value === "scroll");
}
