import type { Attachment, PierConnection } from "@pier/client";

export interface OnGoneOptions {
  connection: PierConnection;
  attachment: Attachment;
  /** The command that opens a closed session again. */
  resume: (session: string) => string;
}

/**
 * Tells when a session, or the way to it, is gone for good: closed, deleted, refused from now on. Also when it is so
 * already. The returned function ends that.
 */
export function onGone(
  { connection, attachment, resume }: OnGoneOptions,
  gone: (reason: string, failed: boolean) => void,
): () => void {
  const look = (): void => {
    const { status, error, info } = attachment.transcript;
    if (connection.state.status === "closed") gone(connection.state.reason.message, true);
    else if (info?.status === "closed")
      gone(`The session was closed. \`${resume(attachment.session)}\` opens it again.`, false);
    else if (status === "gone") gone("The session was deleted.", false);
    else if (status === "detached" && error) gone(error.message, true);
  };
  const ends = [attachment.subscribe(look), connection.onState(look)];
  look();
  return () => {
    for (const end of ends) end();
  };
}
