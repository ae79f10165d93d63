import type { SessionInfo } from "@pier/protocol";
import { pier } from "#lib/pier/pier.svelte.ts";
import { attempt, toasts } from "#lib/ui/toasts.svelte.ts";
import type { SessionView } from "../session-view.svelte.ts";

const grouped = new Intl.NumberFormat();

/** Summarises the conversation so far to make room. */
export async function compact({ attachment }: SessionView, instructions?: string): Promise<void> {
  await attempt(async () => {
    const { tokensBefore, estimatedTokensAfter } = await attachment.compact(instructions);
    const after = estimatedTokensAfter === undefined ? "" : `, about ${grouped.format(estimatedTokensAfter)} now`;
    toasts.say(`Compacted: ${grouped.format(tokensBefore)} tokens before${after}.`);
  });
}

/** Has pi write the conversation to an HTML file of the daemon's machine, and says where it is. */
export async function exportPage({ attachment, info }: SessionView): Promise<void> {
  toasts.say("Exporting…");
  await attempt(async () => {
    const { path } = await attachment.exportHtml();
    // pi names it as it was asked for: from the session's folder.
    const where = /^(\/|[A-Za-z]:[\\/])/.test(path) ? path : `${info?.cwd ?? ""}/${path}`;
    const host = pier.me?.server.hostname;
    toasts.say(`Exported to ${where}${host ? ` on ${host}` : ""}`);
  });
}

/** Begins another conversation in this session; the one before stays in its file. */
export async function newConversation({ attachment }: SessionView): Promise<void> {
  await attempt(async () => {
    const { cancelled } = await attachment.newSession();
    toasts.say(cancelled ? "An extension keeps this conversation open." : "A new conversation. The old one is kept.");
  });
}

/** Goes on in a copy of the conversation. */
export async function cloneConversation({ attachment }: SessionView): Promise<void> {
  await attempt(async () => {
    const { cancelled } = await attachment.clone();
    toasts.say(cancelled ? "An extension prevented the copy." : "This is a copy now; the original stays in its file.");
  });
}

/** Shows the Markdown of a session as it was written, or rendered again; for everybody who looks at it. */
export async function toggleRawText({ id, renderMarkdown }: SessionInfo): Promise<void> {
  await attempt(() => pier.rest.update(id, { render_markdown: !renderMarkdown }));
}
