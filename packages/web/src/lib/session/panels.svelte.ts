/** What can be opened over a session, one at a time. */
export type PanelName = "model" | "thinking" | "behaviour" | "tree" | "statistics";

class Panels {
  open = $state<PanelName | null>(null);
  /** What a list is narrowed to when it opens. */
  filter = $state("");

  show(name: PanelName, filter = ""): void {
    this.filter = filter;
    this.open = name;
  }

  close(): void {
    this.open = null;
  }
}

export const panels = new Panels();
