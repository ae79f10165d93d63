import type { Attachment } from "@pier/client";
import { neutralise } from "@pier/client/messages";
import { toasts } from "#lib/ui/toasts.svelte.ts";

/** Shows what extensions say in passing until the returned function is called; text for the composer is handed on. */
export function followNotices(attachment: Attachment, onEditorText: (text: string) => void): () => void {
  return attachment.subscribe((change) => {
    if (change.kind !== "notice" || change.missed) return;
    const { method, message, notifyType, text } = change.request;
    if (method === "notify" && typeof message === "string") {
      toasts.say(neutralise(message), notifyType === "error" ? "error" : "news");
    } else if (method === "set_editor_text" && typeof text === "string") {
      onEditorText(text);
    }
  });
}
