/** What opens the palette, and closes it again. */
export const paletteKeys = "Mod+K";

/** What lies over any page: the palette, or the list of shortcuts. */
class Overlay {
  open = $state<"palette" | "shortcuts" | null>(null);
  /** What was typed while the palette's code was on its way. */
  typed = "";

  show(what: "palette" | "shortcuts"): void {
    this.open = what;
    this.typed = "";
  }

  close(): void {
    this.open = null;
  }
}

export const overlay = new Overlay();
