import { allowingEnvrc } from "../../session-picker/allowing-envrc.ts";
import type { ClientCommand } from "../command.ts";

/** `//resume`: a closed session that is read goes on. */
export const resumeClosedCommand: ClientCommand = {
  name: "resume",
  description: "Start pi again in a closed session",
  isOffered: ({ attachment }) => attachment.transcript.info?.status === "closed",
  async run({ attachment, rest, confirm, wait, say }) {
    if (attachment.transcript.info?.status !== "closed") return say("This session is open already.");
    const start = (): Promise<unknown> => wait("Starting pi again…", () => rest.resume(attachment.session));
    const allow = async (envrc: string): Promise<void> => void (await rest.allowDirenv(envrc));
    if ((await allowingEnvrc(start, { allow, confirm })) !== null) say("pi was started again.", "success");
  },
};
