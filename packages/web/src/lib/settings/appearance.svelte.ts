export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Skins that are complete, with their names. A skin is a block of tokens, so another one is a style file and a line here. */
export const skins: Readonly<Record<string, string>> = { default: "Default" };

/** Theme and skin as this browser keeps them; a folder's own may replace them while its session is shown. */
class Appearance {
  theme = $state<Theme>(stored("theme", themes, "system"));
  skin = $state(stored("skin", Object.keys(skins), "default"));

  setTheme(theme: Theme): void {
    this.theme = theme;
    keep("theme", theme);
  }

  setSkin(skin: string): void {
    this.skin = skin;
    keep("skin", skin);
  }

  /** Puts a theme and a skin on the page; the browser's own where none are given. */
  show(over: { theme?: Theme | undefined; skin?: string | undefined } = {}): void {
    const root = document.documentElement;
    const theme = over.theme ?? this.theme;
    const skin = over.skin !== undefined && over.skin in skins ? over.skin : this.skin;
    if (theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    if (skin === "default") delete root.dataset["skin"];
    else root.dataset["skin"] = skin;
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
