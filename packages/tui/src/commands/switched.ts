import type { Attachment } from "@pier/client";
import { limits } from "../limits.ts";

/**
 * Runs a command after which another conversation stands in the session, and resolves when that is what the transcript
 * shows: pi's reply may come before or after it.
 *
 * @returns the reply; `cancelled` when an extension prevented it
 */
export async function switched<T extends { cancelled: boolean }>(
  attachment: Attachment,
  work: () => Promise<T>,
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = attachment.subscribe((change) => {
    if (change.kind === "reset") resolve();
  });
  try {
    const reply = await work();
    if (!reply.cancelled) await Promise.race([promise, elapsed(limits.switchWait)]);
    return reply;
  } finally {
    end();
  }
}

async function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
