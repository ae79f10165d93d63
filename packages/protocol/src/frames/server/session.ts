import Type from "typebox";
import { SessionInfo } from "../../records/session-info.ts";
import { SessionId } from "../common.ts";
import { OfferedPrompt } from "./attached.ts";

/** What the list shows of an attached session, and the prompts offered again, after a change. */
export const Session = Type.Object({
  type: Type.Literal("session"),
  session: SessionId,
  info: SessionInfo,
  offered: Type.Array(OfferedPrompt),
});
export type Session = Type.Static<typeof Session>;
