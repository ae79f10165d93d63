import type { CommandType } from "@pier/protocol";
import { commandSpec } from "@pier/protocol/runtime";
import type { Attachment } from "../attachment/attachment.ts";

/** Whether the pi of this session knows a command of its RPC. A version that is not known gets the benefit of the doubt. */
export function piKnows({ transcript }: Pick<Attachment, "transcript">, command: CommandType): boolean {
  const { since } = commandSpec(command);
  const version = transcript.info?.piVersion;
  return since === undefined || version === undefined || !isOlder(version, since);
}

/** Whether one version comes before another; a pre-release counts as its release. */
export function isOlder(version: string, than: string): boolean {
  const [own, other] = [numbersOf(version), numbersOf(than)];
  for (const [at, number] of other.entries()) {
    const difference = (own[at] ?? 0) - number;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  const [release = ""] = version.replace(/^v/, "").split(/[-+]/);
  return release.split(".").map((part) => Number.parseInt(part, 10) || 0);
}
