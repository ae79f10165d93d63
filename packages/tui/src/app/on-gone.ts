import type { Attachment, PierConnection } from "@pier/client";

/** How a client ends by itself. */
export interface GoneEnd {
  /** What to say of it; null when the person left by themselves. */
  reason: string | null;
  failed: boolean;
  /** Whether the session was closed and can be opened again. */
  closed?: boolean;
}

/**
 * Tells when a session, or the way to it, is gone for good: closed, deleted, refused from now on. Also when it is so
 * already. The returned function ends that.
 */
export function onGone(
  { connection, attachment }: { connection: PierConnection; attachment: Attachment },
  gone: (end: GoneEnd) => void,
): () => void {
  const look = (): void => {
    const { status, error, info } = attachment.transcript;
    if (connection.state.status === "closed") gone({ reason: connection.state.reason.message, failed: true });
    else if (info?.status === "closed") gone({ reason: "The session was closed.", failed: false, closed: true });
    else if (status === "gone") gone({ reason: "The session was deleted.", failed: false });
    else if (status === "detached" && error) gone({ reason: error.message, failed: true });
  };
  const ends = [attachment.subscribe(look), connection.onState(look)];
  look();
  return () => {
    for (const end of ends) end();
  };
}
