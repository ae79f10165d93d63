import type { ConnectionState, Transcript } from "@pier/client";
import { waitText } from "./words.ts";

/** How the connection stands, from many words to few; null when all is well. `now` is ms since 1970. */
export function connectionForms(
  state: ConnectionState,
  { status, caughtUp }: Pick<Transcript, "status" | "caughtUp">,
  now: number,
): readonly string[] | null {
  switch (state.status) {
    case "open":
      if (status === "live") return caughtUp ? null : ["catching up…"];
      return status === "attaching" ? ["catching up…"] : ["not attached"];
    case "connecting":
      return ["connection lost · connecting… · what you type is kept", "connection lost · connecting…", "connecting…"];
    case "waiting": {
      const wait = waitText(state.retryAt - now);
      return [
        `connection lost · trying again in ${wait} · what you type is kept`,
        `connection lost · trying again in ${wait}`,
        `lost · again in ${wait}`,
        "offline",
      ];
    }
    case "closed":
      return ["connection closed"];
  }
}
