import { MediaQuery } from "svelte/reactivity";

/** Whether this is a phone: a narrow screen that is touched. */
const phone = new MediaQuery("(max-width: 48rem) and (pointer: coarse)");

/** Writing on the whole screen of a phone. */
export class WritingMode {
  #wanted = $state(false);
  /** The part of the screen that its keyboard leaves, in pixels. */
  height = $state(0);
  top = $state(0);

  get isPhone(): boolean {
    return phone.current;
  }

  get isOn(): boolean {
    return this.#wanted && phone.current;
  }

  enter(): void {
    this.#wanted = true;
  }

  leave(): void {
    this.#wanted = false;
  }

  /** Follows what the keyboard leaves until the returned function is called. */
  follow(): () => void {
    const view = window.visualViewport;
    if (!view) return () => {};
    const measure = (): void => {
      this.height = view.height;
      this.top = view.offsetTop;
    };
    measure();
    view.addEventListener("resize", measure);
    view.addEventListener("scroll", measure);
    return () => {
      view.removeEventListener("resize", measure);
      view.removeEventListener("scroll", measure);
    };
  }
}
