/** A line that says what happened, for a while. */
export interface Toast {
  id: number;
  text: string;
  kind: "news" | "error";
}

/** How long a line stays, in ms; errors stay until they are taken away. */
const stay = 6_000;
const most = 4;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  say(text: string, kind: Toast["kind"] = "news"): void {
    const id = this.#next++;
    // The same words twice are one line.
    const others = this.list.filter((toast) => toast.text !== text);
    this.list = [...others, { id, text, kind }].slice(-most);
    if (kind === "news") setTimeout(() => this.dismiss(id), stay);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

/** Runs something a person asked for; what goes wrong is said in the daemon's words. Resolves with whether it worked. */
export async function attempt(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    toasts.say(error instanceof Error ? error.message : String(error), "error");
    return false;
  }
}
