import { limits } from "../limits.ts";
import type { Screen } from "../screen/screen.ts";
import { appearanceFromEnv, appearanceOf } from "./appearance.ts";
import { colourDepth } from "./colour-depth.ts";
import type { Appearance } from "./colours.ts";
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

  constructor(env: NodeJS.ProcessEnv) {
    this.#choice = readThemeChoice(env);
    this.#appearance = appearanceFromEnv(env) ?? "dark";
    this.theme = new Theme(this.#choice.palettes[this.#appearance], colourDepth(env));
  }

  /** What of pi's settings or theme files could not be used; null when all is well. */
  get problem(): string | null {
    return this.#choice.problem;
  }

  /**
   * Asks a started screen for its background, now and whenever the terminal says that it changed, and calls `onChange`
   * when the colours became others.
   *
   * @returns `asked` resolves with the first answer, or without; `stop` ends it
   */
  follow(screen: ColourScreen, onChange: () => void): { asked: Promise<void>; stop: () => void } {
    if (!this.#choice.automatic || this.theme.depth === "none") return { asked: Promise.resolve(), stop: () => {} };
    let stopped = false;
    const ask = async (reported: Appearance | undefined): Promise<void> => {
      const timeoutMs = limits.backgroundAnswer;
      const scheme = reported ?? screen.queryTerminalColorScheme({ timeoutMs });
      const background = await screen.queryTerminalBackgroundColor({ timeoutMs });
      const appearance = background ? appearanceOf(background) : await scheme;
      if (stopped || appearance === undefined || appearance === this.#appearance) return;
      this.#appearance = appearance;
      this.theme.use(this.#choice.palettes[appearance]);
      onChange();
    };
    const asked = ask(undefined);
    let last = asked;
    const unsubscribe = screen.onTerminalColorSchemeChange((scheme) => {
      // One after the other: two answers at once could come in the wrong order.
      last = last.then(() => (stopped ? undefined : ask(scheme)));
    });
    screen.setTerminalColorSchemeNotifications(true);
    const stop = (): void => {
      stopped = true;
      unsubscribe();
    };
    return { asked, stop };
  }
}
