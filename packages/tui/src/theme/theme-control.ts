import { setTimeout } from "node:timers/promises";
import { limits } from "../limits.ts";
import type { Screen } from "../screen/screen.ts";
import { appearanceFromEnv, appearanceOf } from "./appearance.ts";
import { colourDepth } from "./colour-depth.ts";
import type { Appearance, Palette } from "./colours.ts";
import { readable } from "./readable.ts";
import { readThemeChoice, type ThemeChoice } from "./theme-choice.ts";
import { Theme } from "./theme.ts";

/** What is asked of the terminal's side. */
export type ColourScreen = Pick<
  Screen,
  | "onTerminalColorSchemeChange"
  | "queryTerminalBackgroundColor"
  | "queryTerminalColorScheme"
  | "setTerminalColorSchemeNotifications"
>;

/** The theme that a person wants, in the palette that suits the background of their terminal. */
export class ThemeControl {
  readonly theme: Theme;
  readonly #choice: ThemeChoice;
  #appearance: Appearance;
  #palette: Palette;

  constructor(env: NodeJS.ProcessEnv) {
    this.#choice = readThemeChoice(env);
    this.#appearance = appearanceFromEnv(env) ?? "dark";
    this.#palette = this.#suitable();
    this.theme = new Theme(this.#palette, colourDepth(env));
  }

  /** What of pi's settings or theme files could not be used; null when all is well. */
  get problem(): string | null {
    return this.#choice.problem;
  }

  /**
   * Asks a started screen for its background, now and whenever the terminal says that it changed, and calls `onChange`
   * when the colours became others.
   *
   * @returns `first` resolves with the first answer, or when it is no longer worth waiting for; `stop` ends it
   */
  follow(screen: ColourScreen, onChange: () => void): { first: Promise<void>; stop: () => void } {
    if (this.theme.depth === "none") return { first: Promise.resolve(), stop: () => {} };
    const timeoutMs = limits.backgroundAnswer;
    let stopped = false;
    const take = (appearance: Appearance): void => {
      if (!stopped && this.#take(appearance)) onChange();
    };
    const unsubscribe = screen.onTerminalColorSchemeChange(take);
    screen.setTerminalColorSchemeNotifications(true);
    // Asked in this order, so that the colour that is really there has the last word.
    void screen.queryTerminalColorScheme({ timeoutMs });
    const asked = screen.queryTerminalBackgroundColor({ timeoutMs }).then((background) => {
      if (background) take(appearanceOf(background));
    });
    const stop = (): void => {
      stopped = true;
      unsubscribe();
    };
    return { first: Promise.race([asked, setTimeout(limits.backgroundWait)]), stop };
  }

  /** Returns whether the colours became others. */
  #take(appearance: Appearance): boolean {
    if (appearance === this.#appearance) return false;
    this.#appearance = appearance;
    const before = this.#palette;
    this.#palette = this.#suitable();
    this.theme.use(this.#palette);
    return before !== this.#palette;
  }

  #suitable(): Palette {
    return readable(this.#choice.palettes[this.#appearance], this.#appearance);
  }
}
