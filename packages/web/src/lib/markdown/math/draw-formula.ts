import "katex/dist/katex.min.css";
import katex from "katex";

/** Draws a formula into an element as DOM nodes. Returns what is wrong with it, or null. */
export function drawFormula(element: HTMLElement, tex: string, display: boolean): string | null {
  try {
    katex.render(tex, element, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: "ignore",
      maxExpand: 300,
      maxSize: 30,
      // A text's own `\gdef` ends with its formula.
      globalGroup: false,
      macros: { ...withoutStyleAttribute },
    });
    return null;
  } catch (error) {
    element.replaceChildren();
    return error instanceof Error ? error.message : String(error);
  }
}

/** These two would write a style attribute, which the page's policy refuses. */
const withoutStyleAttribute = { "\\pmb": "\\boldsymbol{#1}", "\\fcolorbox": "\\colorbox{#2}{#3}" };
