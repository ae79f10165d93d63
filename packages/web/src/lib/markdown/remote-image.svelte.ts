import type { Attachment } from "svelte/attachments";
import { listenToFrame, openFrame, tellFrame } from "./frame-page.ts";

/** An image from elsewhere, shown in a frame: the page itself may load nothing from another host, asked or not. */
export class RemoteImageFrame {
  isAsked = $state(false);
  /** In CSS pixels; null until it is there. */
  size = $state.raw<{ width: number; height: number } | null>(null);
  problem = $state("");

  /** Shows it in the element this is attached to. */
  show(src: string, alt: string): Attachment<HTMLElement> {
    return (element) => {
      const frame = openFrame("remote-image");
      frame.title = alt;
      const stop = listenToFrame(frame, ({ ready, width, height, problem }) => {
        if (ready === true) tellFrame(frame, { src, alt });
        if (typeof width === "number" && typeof height === "number" && width > 0 && height > 0)
          this.size = { width, height };
        if (typeof problem === "string") this.problem = "The image could not be loaded.";
      });
      element.append(frame);
      return () => {
        stop();
        frame.remove();
      };
    };
  }
}
