// Runs in the page before its own code: keeps the ms from the navigation until a frame with text like `wanted` was painted in
// `shownAt`.
globalThis.shownAt = null;
requestAnimationFrame(function frame() {
  if (!isShown()) return void requestAnimationFrame(frame);
  // A message that is posted in a frame comes when that frame is done.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (globalThis.shownAt = performance.now());
  port2.postMessage(null);
});

function isShown() {
  if (!document.body) return false;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!globalThis.wanted.test(texts.currentNode.data)) continue;
    const { top, bottom, height } = texts.currentNode.parentElement.getBoundingClientRect();
    if (height > 0 && bottom > 0 && top < innerHeight) return true;
  }
  return false;
}
