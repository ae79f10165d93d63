import { joinTexts } from "@pier/client";
import { del, get, set } from "idb-keyval";
import type { Carried } from "./attachments/attached.ts";
import { limits } from "./limits.ts";
import type { Unconfirmed } from "./unconfirmed.ts";

const prefix = "pier-draft:";
const sentPrefix = "pier-sent:";

/** Images and files as they are kept: those of the draft, and those of prompts that may not have arrived. */
export interface KeptFiles extends Carried {
  sent: readonly (Carried & { text: string })[];
}

/** The text that was being written; it is there at once, images and files come with `keptFiles`. */
export function keptText(session: string): string {
  return localStorage.getItem(prefix + session) ?? "";
}

/** All that was being written in a session and did not get there, to be read. */
export function draftToRead(session: string): string {
  return joinTexts(
    keptSent(session).map(({ text }) => text),
    keptText(session),
  );
}

/** What had been sent and had no answer when the page went. */
export function keptSent(session: string): Unconfirmed[] {
  try {
    return JSON.parse(localStorage.getItem(sentPrefix + session) ?? "[]") as Unconfirmed[];
  } catch {
    return [];
  }
}

/** The images and files of a draft; none where the browser keeps nothing. */
export async function keptFiles(session: string): Promise<KeptFiles> {
  const kept = await get<Partial<KeptFiles>>(prefix + session).catch(() => undefined);
  return { images: kept?.images ?? [], uploads: kept?.uploads ?? [], sent: kept?.sent ?? [] };
}

/**
 * Keeps a draft in this browser, or forgets it when there is nothing in it. One that is too long leaves the one before it.
 *
 * @returns false when the text is too long to be kept
 */
export function keepText(session: string, text: string): boolean {
  if (text.length > limits.draft) return false;
  try {
    if (text === "") localStorage.removeItem(prefix + session);
    else {
      localStorage.setItem(prefix + session, text);
      forgetOldest(session);
    }
  } catch {
    // A browser that keeps nothing: what is typed stays on the page.
  }
  return true;
}

/** Keeps what was sent and has no answer yet, as far as there is room. */
export function keepSent(session: string, sent: readonly Unconfirmed[]): void {
  let room = limits.draft;
  const kept = sent.filter(({ text }) => (room -= text.length) >= 0).map(({ text, after }) => ({ text, after }));
  try {
    if (kept.length === 0) localStorage.removeItem(sentPrefix + session);
    else {
      localStorage.setItem(sentPrefix + session, JSON.stringify(kept));
      forgetOldest(session);
    }
  } catch {
    // As with drafts.
  }
}

/** Keeps images and files, images as far as they are worth their room. */
export async function keepFiles(session: string, files: KeptFiles): Promise<void> {
  let room = limits.draftImages;
  const small = ({ images, uploads }: Carried): Carried => ({
    images: images.filter(({ data }) => (room -= data.length) >= 0),
    uploads: [...uploads],
  });
  const kept: KeptFiles = { ...small(files), sent: files.sent.map((each) => ({ ...small(each), text: each.text })) };
  const isEmpty = [kept, ...kept.sent].every(({ images, uploads }) => images.length + uploads.length === 0);
  await (isEmpty ? del(prefix + session) : set(prefix + session, kept)).catch(() => {});
}

/** Of too many drafts the oldest go. */
function forgetOldest(latest: string): void {
  const list = prefix + "order";
  const order = (localStorage.getItem(list) ?? "").split("\n").filter((id) => id !== "" && id !== latest);
  const kept = [...order, latest];
  for (const id of kept.splice(0, Math.max(0, kept.length - limits.drafts))) {
    localStorage.removeItem(prefix + id);
    localStorage.removeItem(sentPrefix + id);
  }
  localStorage.setItem(list, kept.join("\n"));
}
