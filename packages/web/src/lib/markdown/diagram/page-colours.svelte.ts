import { createSubscriber } from "svelte/reactivity";

/** The page's colours for whoever draws without its style sheets. Readers are told when theme or skin change. */
class PageColours {
  readonly #subscribe = createSubscriber((update) => {
    const root = new MutationObserver(update);
    root.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-skin"] });
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", update);
    return () => {
      root.disconnect();
      scheme.removeEventListener("change", update);
    };
  });

  /** Tokens as `#rrggbb`, those that let something through laid over the page. */
  read<Name extends string>(tokens: Readonly<Record<Name, string>>): Record<Name, string> {
    this.#subscribe();
    const probe = document.createElement("span");
    document.body.append(probe);
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const resolve = (token: string): string => {
      probe.style.color = `var(${token})`;
      return getComputedStyle(probe).color;
    };
    const surface = resolve("--surface");
    const hex = (token: string): string => {
      if (!canvas) return "#808080";
      for (const colour of [surface, resolve(token)]) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    };
    const entries = Object.entries<string>(tokens).map(([name, token]) => [name, hex(token)]);
    probe.remove();
    return Object.fromEntries(entries) as Record<Name, string>;
  }
}

export const pageColours = new PageColours();
