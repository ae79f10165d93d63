import { goto } from "$app/navigation";
import type { SessionInfo } from "@pier/protocol";
import { sessionTitle } from "#lib/pier/session-text.ts";
import { pageAt } from "#lib/pier/where.ts";
import { limits } from "./limits.ts";
import { needText } from "./need-text.ts";

/** Shows a notification that says which session needs somebody and why; a click on it goes there. */
export async function notify(session: SessionInfo): Promise<void> {
  const title = sessionTitle(session);
  const address = pageAt(`/session/${session.id}`);
  const options = {
    body: needText(session).slice(0, limits.text),
    tag: tagOf(session.id),
    icon: pageAt("/icon-192.png"),
    data: { address },
  };
  // Phones show only those of a service worker, which takes their clicks as well.
  const registration = await navigator.serviceWorker?.getRegistration(pageAt("/"));
  if (registration?.active) return registration.showNotification(title, options);
  const shown = new Notification(title, options);
  shown.addEventListener("click", () => {
    window.focus();
    void goto(address);
    shown.close();
  });
}

/** Takes back what was shown for a session: it needs nobody any more. */
export async function takeBack(session: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration(pageAt("/"));
  const shown = (await registration?.getNotifications({ tag: tagOf(session) })) ?? [];
  for (const notification of shown) notification.close();
}

/** Another one for the same session takes the place of the one before. */
function tagOf(session: string): string {
  return `pier ${session}`;
}
