import type { Screen } from "./screen.ts";

/**
 * Leaves by `leave` when this process is told to end, and gives the terminal back when it fails. While the terminal is
 * lent, Ctrl+C is meant for the program that has it. The returned function ends that.
 */
export function onProcessEnd(screen: Pick<Screen, "stop" | "lent">, leave: () => void): () => void {
  const interrupt = (): void => {
    if (!screen.lent) leave();
  };
  const fail = (): void => screen.stop();
  process.once("SIGTERM", leave).once("SIGHUP", leave).on("SIGINT", interrupt);
  process.once("uncaughtExceptionMonitor", fail);
  return () => {
    process.off("SIGTERM", leave).off("SIGHUP", leave).off("SIGINT", interrupt);
    process.off("uncaughtExceptionMonitor", fail);
  };
}
