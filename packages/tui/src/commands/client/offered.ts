import type { ClientCommand, CommandContext } from "../command.ts";
import { counted } from "../format.ts";

/** `//send`: prompts that pi lost are not sent again without asking. */
export const sendCommand: ClientCommand = {
  name: "send",
  description: "Send again what pi lost when it ended",
  isOffered: hasOffered,
  run: (context) => settle(context, "send"),
};

/** `//dismiss` */
export const dismissCommand: ClientCommand = {
  name: "dismiss",
  description: "Forget what pi lost when it ended",
  isOffered: hasOffered,
  run: (context) => settle(context, "dismiss"),
};

function hasOffered({ attachment }: CommandContext): boolean {
  return attachment.transcript.offered.length > 0;
}

async function settle({ attachment, rest, say }: CommandContext, action: "send" | "dismiss"): Promise<void> {
  const { offered } = attachment.transcript;
  if (offered.length === 0) return say("Nothing was lost: there is nothing to send again.");
  for (const { id } of offered) await rest.settleOffer(attachment.session, id, action);
  const what = counted(offered.length, "prompt");
  say(action === "send" ? `Sent ${what} again.` : `Forgot ${what}.`, "success");
}
