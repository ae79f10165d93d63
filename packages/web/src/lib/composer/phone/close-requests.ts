/** As far as it is used; https://html.spec.whatwg.org/multipage/interaction.html#closewatcher */
interface CloseWatcher extends EventTarget {
  destroy(): void;
}

declare const CloseWatcher: (new () => CloseWatcher) | undefined;

/**
 * Calls back when a person asks to close what covers the page, as with Back on Android, until the returned function is
 * called. Browsers that do not know of it go back a page then, as ever.
 */
export function onCloseRequest(close: () => void): () => void {
  if (typeof CloseWatcher === "undefined") return () => {};
  const watcher = new CloseWatcher();
  watcher.addEventListener("close", close);
  return () => watcher.destroy();
}
