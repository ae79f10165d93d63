import { goto } from "$app/navigation";
import { piKnows, treeRows } from "@pier/client";
import { leftTexts } from "#lib/composer/left-texts.svelte.ts";
import { pier } from "#lib/pier/pier.svelte.ts";
import { sessionTitle } from "#lib/pier/session-text.ts";
import { pageAt } from "#lib/pier/where.ts";
import type { Choice } from "#lib/ui/narrow.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import { branchesOf, parentOf } from "../parent-session.svelte.ts";
import type { SessionView } from "../session-view.svelte.ts";

/** A message of the user before which the conversation can go on. */
export interface BranchPoint {
  entry: string;
  text: string;
}

/** Another session that this one was branched from, or that was branched from it. */
export interface Relative {
  session: string;
}

/** The sessions around this one, to go to. */
export function relatives({ id, info }: SessionView): Choice<Relative>[] {
  const parent = parentOf(info);
  const from = parent?.isThere
    ? [{ value: { session: parent.id }, label: parent.title, detail: "where it was branched from" }]
    : [];
  const into = branchesOf(id).map((session) => ({
    value: { session: session.id },
    label: sessionTitle(session),
    detail: "branched from here",
  }));
  return [...from, ...into].map((choice) => ({ ...choice, icon: "right", group: "Other sessions" }));
}

/** The user's messages of all branches, indented by them; as a plain list where pi cannot be asked for its tree. */
export async function branchPoints(view: SessionView): Promise<Choice<BranchPoint>[]> {
  if (view.info?.status !== "live" || !piKnows(view.attachment, "get_tree")) {
    return (await pier.rest.forkMessages(view.id)).map(({ entry_id: entry, text, active }) => ({
      value: { entry, text },
      label: text || "(no text)",
      icon: active ? "chat" : "branch",
      ...(!active && { detail: "another branch" }),
    }));
  }
  const { tree, leafId } = await view.attachment.getTree();
  const rows = treeRows(tree, leafId);
  const here = rows.findLast(({ active }) => active);
  return rows.map(({ id, depth, active, text, label, answer }) => ({
    value: { entry: id, text },
    label: label === undefined ? text : `[${label}] ${text}`,
    detail: [answer, id === here?.id ? "you are here" : ""].filter(Boolean).join(" · "),
    icon: active ? "chat" : "branch",
    depth,
    ...(id === here?.id && { isCurrent: true }),
  }));
}

/** A new session that goes on before a message, whose text waits there in the composer. */
export async function branchInto(view: SessionView, { entry }: BranchPoint): Promise<void> {
  await attempt(async () => {
    const branched = await pier.rest.branch(view.id, { entry_id: entry });
    leftTexts.leave(branched.id, branched.editor_text);
    await goto(pageAt(`/session/${branched.id}`));
  });
}

/** Goes on before a message in this session, as pi's own fork does; the old conversation stays in its file. */
export async function forkHere(view: SessionView, { entry }: BranchPoint): Promise<void> {
  await attempt(async () => {
    const { cancelled, text = "" } = await view.attachment.fork(entry);
    if (cancelled) return toasts.say("An extension prevented the fork.");
    leftTexts.leave(view.id, text);
    toasts.say("Forked before that message; the old conversation stays in its file.");
  });
}
