import Type from "typebox";
import { SessionId } from "../common.ts";
import { TranscriptItem } from "./attached.ts";

/** An older page, oldest message first; `before` asks for the one before it and is absent at the beginning. */
export const HistoryPage = Type.Object({
  type: Type.Literal("history"),
  session: SessionId,
  messages: Type.Array(TranscriptItem),
  before: Type.Optional(Type.String()),
});
export type HistoryPage = Type.Static<typeof HistoryPage>;
