import { ask } from "../attach/input/ask.ts";
import { CliError } from "../cli-error.ts";
import type { DaemonFlags } from "../daemon/find-daemon.ts";
import { type Io, isInteractive, print } from "../io.ts";
import { titleOf, withSession } from "./one-session.ts";

export interface RemoveFlags extends DaemonFlags {
  yes?: boolean;
  permanent?: boolean;
}

/** `pier rm` */
export async function remove(io: Io, word: string, flags: RemoveFlags): Promise<void> {
  const { yes = false, permanent = false } = flags;
  await withSession(io, word, flags, async ({ api }, session) => {
    const title = titleOf(session);
    if (!yes) {
      if (!isInteractive(io)) throw new CliError(`Deleting ${title} needs a yes: add --yes.`);
      const ends = session.status === "live" ? "pi ends there. " : "";
      const fate = permanent ? "What was said is gone for good." : "What was said goes to the trash.";
      const answer = await ask(io, `Delete ${title}? ${ends}${fate} y/N `);
      if (!/^y(es)?$/i.test(answer ?? "")) return print(io, "Nothing was deleted.");
    }
    const { message } = await api.sessions.remove(session.id, { permanent });
    print(io, `Deleted ${title}. ${message}`);
  });
}
