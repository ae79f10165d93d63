import {
  type AttachedFile,
  type ImageContent,
  PierError,
  rawMember,
  replaceMembers,
  withAttachedFiles,
} from "@pier/protocol";
import type { ClientCommand } from "./asker.ts";

/** Finds the files that a prompt names by their ids. */
export type TakeUploads = (ids: readonly string[]) => { files: AttachedFile[]; images: ImageContent[] };

const members = ["pier_upload_ids", "piface_upload_ids"];

/**
 * A command as pi is to get it: the files that a client named by their ids stand as paths in the text, and small images
 * travel with it. What a client named and what the ledger keeps is then the same text that pi saves.
 *
 * @throws PierError `BAD_REQUEST` when the command takes no files, and what `take` throws
 */
export function withUploads(command: ClientCommand, isPrompt: boolean, take: TakeUploads): ClientCommand {
  const { text } = command;
  // Nearly every command: a look at the text is cheaper than taking it apart.
  if (!members.some((member) => text.includes(`"${member}"`))) return command;
  const given = members.map((member) => rawMember(text, member)).find((raw) => raw !== undefined);
  if (given === undefined) return command;
  const ids: unknown = JSON.parse(given);
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string"))
    throw new PierError("BAD_REQUEST", "pier_upload_ids must be a list of ids, as the upload gave them.");
  if (!isPrompt && ids.length > 0) refuse(command.type);
  if (!isPrompt) return { ...command, text: replaceMembers(text, members, "") };
  const { message, images = [] } = JSON.parse(text) as { message?: unknown; images?: unknown };
  if (typeof message !== "string" || !Array.isArray(images))
    throw new PierError("BAD_REQUEST", "A prompt with files needs a message of text, which may be empty.");
  const taken = take(ids);
  const all = [...(images as unknown[]), ...taken.images];
  const parts = [
    `"type":${JSON.stringify(command.type)}`,
    `"message":${JSON.stringify(withAttachedFiles(message, taken.files))}`,
    ...(all.length > 0 ? [`"images":${JSON.stringify(all)}`] : []),
  ];
  return { ...command, text: replaceMembers(text, ["type", "message", "images", ...members], parts.join(",")) };
}

function refuse(type: string): never {
  const why = type === "bash" ? "A shell command takes no files" : `The command ${type} takes no files`;
  throw new PierError("BAD_REQUEST", `${why}: only prompts do.`);
}
