import type { Conversation } from "../chat/read-conversation.ts";
import type { Step } from "../script/step.ts";
import { fence } from "./fence.ts";
import { SIGNATURE } from "./pages.ts";

/** Lists the session's folder with a real command and says what came back. */
export function listFiles({ step, results, request }: Conversation): Step[] {
  if (step === 0 && !request.tools.includes("bash")) {
    return [{ text: `I would run \`ls\`, but this session has no \`bash\` tool.\n\n${SIGNATURE}` }];
  }
  if (step === 0) return [{ text: "I will look." }, { tool: "bash", args: { command: "ls -1Ap" } }];
  const output = results.at(-1)?.text.trim() ?? "";
  const names = output.split("\n").filter((line) => line !== "" && line !== "(no output)");
  if (names.length === 0) return [{ text: `This folder is empty. Ask me to **write** something.\n\n${SIGNATURE}` }];
  const folders = names.filter((name) => name.endsWith("/")).length;
  const counted = `${plural(names.length - folders, "file")} and ${plural(folders, "folder")}`;
  return [{ text: `The command printed ${counted}:\n\n${fence(output)}\n\n${SIGNATURE}` }];
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
