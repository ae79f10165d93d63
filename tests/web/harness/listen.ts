import type { Page } from "playwright-core";

/** What a page really plays, as the browser's own audio graph tells it. */
export interface Listening {
  /** The notes so far. */
  notes(): number;
  /** Whether the page has made itself able to sound. */
  isUnlocked(): boolean;
}

export async function listenTo(page: Page): Promise<Listening> {
  const devtools = await page.context().newCDPSession(page);
  let notes = 0;
  let isUnlocked = false;
  const running = new Set<string>();
  devtools.on("WebAudio.contextCreated", () => (isUnlocked = true));
  devtools.on("WebAudio.contextChanged", ({ context }) => {
    if (context.contextState === "running") running.add(context.contextId);
    else running.delete(context.contextId);
  });
  devtools.on("WebAudio.audioNodeCreated", ({ node }) => {
    if (node.nodeType === "Oscillator" && running.has(node.contextId)) notes++;
  });
  await devtools.send("WebAudio.enable");
  return { notes: () => notes, isUnlocked: () => isUnlocked };
}
