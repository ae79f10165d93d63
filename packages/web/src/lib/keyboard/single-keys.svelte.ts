const stored = "pier.single-keys";

/**
 * Whether keys without Ctrl, ⌘ or Alt do something. Who dictates, or rests a hand on the keyboard, can turn them off
 * (WCAG 2.1.4).
 */
class SingleKeys {
  areOn = $state(read());

  set(areOn: boolean): void {
    this.areOn = areOn;
    try {
      localStorage.setItem(stored, areOn ? "on" : "off");
    } catch {
      // Without storage it holds for this page.
    }
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(stored) !== "off";
  } catch {
    return true;
  }
}

export const singleKeys = new SingleKeys();
