import Type from "typebox";
import { SessionId } from "../common.ts";

/** Answers a dialog with exactly one of `value`, `confirmed` and `cancelled`; the first answer wins. */
export const ExtensionUiResponse = Type.Object({
  type: Type.Literal("extension_ui_response"),
  session: SessionId,
  id: Type.String({ minLength: 1, maxLength: 200 }),
  value: Type.Optional(Type.String()),
  confirmed: Type.Optional(Type.Boolean()),
  cancelled: Type.Optional(Type.Literal(true)),
});
export type ExtensionUiResponse = Type.Static<typeof ExtensionUiResponse>;

const answers = ["value", "confirmed", "cancelled"] as const;

/** What is wrong with a response that does not hold exactly one answer. */
export function answerProblem(response: ExtensionUiResponse): string | undefined {
  const given = answers.filter((answer) => response[answer] !== undefined);
  if (given.length === 1) return undefined;
  return `it holds ${given.length === 0 ? "no answer" : given.join(" and ")}: use exactly one of ${answers.join(", ")}`;
}
