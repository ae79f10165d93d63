import type { Page } from "playwright-core";

/** Counts the notes that a page really plays, as the browser's own audio graph tells it; the notes so far are its result. */
export async function listenTo(page: Page): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page);
  let notes = 0;
  const running = new Set<string>();
  devtools.on("WebAudio.contextChanged", ({ context }) => {
    if (context.contextState === "running") running.add(context.contextId);
    else running.delete(context.contextId);
  });
  devtools.on("WebAudio.audioNodeCreated", ({ node }) => {
    if (node.nodeType === "Oscillator" && running.has(node.contextId)) notes++;
  });
  await devtools.send("WebAudio.enable");
  return () => notes;
}
