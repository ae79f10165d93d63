import { pageAt } from "#lib/pier/where.ts";

/** A frame with a page of the daemon's that has no origin: it reads nothing of this page, and says only what it is asked. */
export function openFrame(name: "diagram" | "remote-image"): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.sandbox.add("allow-scripts");
  frame.referrerPolicy = "no-referrer";
  frame.src = pageAt(`/${name}.html`);
  return frame;
}

/** Listens to what a frame says. Returns what ends that. */
export function listenToFrame(frame: HTMLIFrameElement, listen: (said: Record<string, unknown>) => void): () => void {
  const hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    // Whoever has no origin says `null`; another one is not the page that was asked for.
    if (source !== frame.contentWindow || origin !== "null") return;
    if (typeof data === "object" && data !== null) listen({ ...data });
  };
  addEventListener("message", hear);
  return () => removeEventListener("message", hear);
}

/** Says something to a frame. It has no origin that could be named, and gets nothing that is not in the text it shows. */
export function tellFrame(frame: HTMLIFrameElement, message: object): void {
  frame.contentWindow?.postMessage(message, "*");
}
