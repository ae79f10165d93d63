import { copyText } from "./copy-text.ts";
import { attempt } from "./toasts.svelte.ts";

/** ms that a button says it worked. */
const shown = 1_600;

/** What a copy button does and says. */
export class Copying {
  /** For a while after it worked. */
  isDone = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  copy(text: string): void {
    void attempt(() => copyText(text)).then((isCopied) => {
      this.isDone = isCopied;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.isDone = false), shown);
    });
  }
}
