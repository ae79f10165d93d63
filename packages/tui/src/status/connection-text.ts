import type { ConnectionState, Transcript } from "@pier/client";
import { spanText, waitText } from "./words.ts";

/** How the connection stands, from many words to few; null when all is well. `now` is ms since 1970. */
export function connectionForms(
  state: ConnectionState,
  { status, caughtUp }: Pick<Transcript, "status" | "caughtUp">,
  now: number,
  lostAt: number | null,
): readonly string[] | null {
  switch (state.status) {
    case "open":
      if (status === "live") return caughtUp ? null : ["catching up…"];
      return status === "attaching" ? ["catching up…"] : ["not attached"];
    case "connecting": {
      const lost = lostText(lostAt, now);
      return [`${lost} · connecting… · what you type is kept`, `${lost} · connecting…`, "connecting…"];
    }
    case "waiting": {
      const wait = waitText(state.retryAt - now);
      const lost = lostText(lostAt, now);
      return [
        `${lost} · trying again in ${wait} · what you type is kept`,
        `${lost} · trying again in ${wait}`,
        `lost · again in ${wait}`,
        "offline",
      ];
    }
    case "closed":
      return ["connection closed"];
  }
}

/** Most losses are over before anybody asks how long they lasted. */
function lostText(lostAt: number | null, now: number): string {
  const lasted = lostAt === null ? 0 : now - lostAt;
  return lasted < 60_000 ? "connection lost" : `connection lost ${spanText(lasted)} ago`;
}
