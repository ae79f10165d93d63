export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Skins that are complete, with their names. A skin is a block of tokens, so another one is a style file and a line here. */
export const skins: Readonly<Record<string, string>> = { default: "Default" };

/** What replaces a browser's own choice. */
export interface Look {
  theme?: Theme | undefined;
  skin?: string | undefined;
}

/** Theme and skin as this browser keeps them; a folder's own may replace them while its session is shown. */
class Appearance {
  theme = $state<Theme>(stored("theme", themes, "system"));
  skin = $state(stored("skin", Object.keys(skins), "default"));
  /** What a folder wants while its session is shown. */
  #over = $state.raw<Look>({});

  setTheme(theme: Theme): void {
    this.theme = theme;
    keep("theme", theme);
  }

  setSkin(skin: string): void {
    this.skin = skin;
    keep("skin", skin);
  }

  /** Replaces theme and skin until the returned function is called. */
  replace(over: Look): () => void {
    this.#over = over;
    return () => {
      if (this.#over === over) this.#over = {};
    };
  }

  /** Puts theme and skin on the page; call it in an `$effect`. */
  show(): void {
    const root = document.documentElement;
    const { theme = this.theme, skin: wanted = "" } = this.#over;
    const skin = wanted in skins ? wanted : this.skin;
    if (theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    if (skin === "default") delete root.dataset["skin"];
    else root.dataset["skin"] = skin;
    showThemeColor(theme === "system" && skin === "default");
  }
}

/** Gives the browser's own bars the colour of the page; those in the page's source follow the system. */
function showThemeColor(isAsSystem: boolean): void {
  const { backgroundColor } = getComputedStyle(document.documentElement);
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset["system"] ??= meta.content;
    meta.content = isAsSystem ? meta.dataset["system"] : backgroundColor;
  }
}

// The same keys as static/boot.js, which puts them on the page before the first paint.
function keep(name: "theme" | "skin", value: string): void {
  try {
    localStorage.setItem(`pier.${name}`, value);
  } catch {
    // Without storage it holds for this page.
  }
}

function stored<T extends string>(name: "theme" | "skin", known: readonly T[], otherwise: T): T {
  try {
    const value = localStorage.getItem(`pier.${name}`);
    return known.find((one) => one === value) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export const appearance = new Appearance();
