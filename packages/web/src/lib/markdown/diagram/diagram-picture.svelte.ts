import type { Attachment } from "svelte/attachments";
import type { DiagramLook } from "./diagram-look.ts";

/** What is shown of a diagram: a picture that can do nothing, once it is in sight and drawn. */
export class DiagramPicture {
  isSeen = $state(false);
  /** Of the picture: its address and its size in CSS pixels. */
  picture = $state.raw<{ address: string; width: number; height: number } | null>(null);
  problem = $state("");

  /** Waits until the element is nearly in sight. */
  readonly watch: Attachment<HTMLElement> = (element) => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        this.isSeen = true;
        observer.disconnect();
      },
      { rootMargin: "600px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };

  /** Draws, and lets the picture go when the returned function is called. */
  draw(source: string, look: DiagramLook): () => void {
    let isWanted = true;
    let address = "";
    void import("./draw-diagram.ts")
      .then(({ drawDiagram }) => drawDiagram(source, look))
      .then((drawn) => {
        if (!isWanted) return;
        if ("problem" in drawn) {
          this.problem = drawn.problem;
          this.picture = null;
          return;
        }
        address = URL.createObjectURL(new Blob([drawn.svg], { type: "image/svg+xml" }));
        this.problem = "";
        this.picture = { address, width: drawn.width, height: drawn.height };
      })
      .catch((error: unknown) => (this.problem = String(error)));
    return () => {
      isWanted = false;
      if (address !== "") URL.revokeObjectURL(address);
    };
  }
}
