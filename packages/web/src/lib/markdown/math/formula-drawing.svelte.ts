import type { Attachment } from "svelte/attachments";
import { inTurn } from "./in-turn.ts";

/** How one formula is drawn. KaTeX and its fonts come with the first one. */
export class FormulaDrawing {
  state = $state<"source" | "drawn" | "failed">("source");
  /** What is wrong with it, in KaTeX's words. */
  reason = $state<string>();

  /** Draws into the element it is attached to. */
  draw(tex: string, display: boolean): Attachment<HTMLElement> {
    return (element) => {
      let isWanted = true;
      void import("./draw-formula.ts")
        .then(({ drawFormula }) =>
          inTurn(() => {
            if (!isWanted) return;
            const problem = drawFormula(element, tex, display);
            this.state = problem === null ? "drawn" : "failed";
            this.reason = problem ?? undefined;
          }),
        )
        // Without KaTeX the source stays.
        .catch(() => {});
      return () => (isWanted = false);
    };
  }
}
