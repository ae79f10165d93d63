export interface SuspendOptions {
  /** Gives the terminal away; the returned function takes it back. */
  readonly lend: () => () => void;
}

/** Puts this program into the background as the shell's Ctrl+Z does; it goes on with `fg`. */
export function suspend({ lend }: SuspendOptions): void {
  const takeBack = lend();
  // Without a timer Node would end when nothing but the terminal kept it alive.
  const alive = setInterval(() => {}, 2 ** 30);
  const ignore = (): void => {};
  process.on("SIGINT", ignore);
  const goOn = (): void => {
    clearInterval(alive);
    process.off("SIGINT", ignore);
    takeBack();
  };
  process.once("SIGCONT", goOn);
  try {
    process.kill(0, "SIGTSTP");
  } catch (error) {
    process.off("SIGCONT", goOn);
    goOn();
    throw error;
  }
}
