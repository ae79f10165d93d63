import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Attachment } from "@pier/client";
import { script } from "@pier/demo-model";
import type { CreateSession } from "@pier/protocol";
import { makeRepository } from "../../harness/git-repository.ts";
import { attachTo, connectTo, dialog, openSession, play, restOf, untilListed } from "../../harness/test-client.ts";
import type { TestDaemon } from "../../harness/test-daemon.ts";

/** What a daemon must be started with to ask what `fillDashboard` lets it ask. */
export const asking = {
  piArgs: ["-e", fileURLToPath(new URL("../../fixtures/extensions/questions.ts", import.meta.url))],
};

/** Sessions of every kind: one that asks, one that failed, one that finished, one that works, others, a closed one. */
export async function fillDashboard(daemon: TestDaemon): Promise<{ asks: Attachment; works: Attachment }> {
  mkdirSync(`${daemon.folder}/code`, { recursive: true });
  const tidetable = makeRepository(daemon, "code/tidetable").path;
  const quay = makeRepository(daemon, "code/quay-web").path;
  const asks = await openSession(daemon, { working_dir: tidetable, name: "Move the forecast job to the queue" });
  // Whether anybody answers is up to the test.
  asks
    .prompt(`/ask ${JSON.stringify([["confirm", "This changes a database that others use.", command]])}`)
    .catch(() => {});
  const fails = await openSession(daemon, { working_dir: quay, name: "Prune map tiles nobody asks for" });
  await fails.prompt(script([{ http: 400, message: "overloaded (529), tried 4 times in 6 min." }]));
  // What nobody looked at is unread.
  const finished = await openUnseen(daemon, { working_dir: tidetable, name: "Write the changelog for 2.4" });
  await finished.prompt(
    script([{ text: "14 entries in `CHANGELOG.md`. Two of them change a default, I put those first." }]),
  );
  const read = await openSession(daemon, { working_dir: tidetable, name: "Read station lists lazily" });
  await play(read, [{ text: "Both loaders stream now, memory stays under 40 MB." }]);
  await restOf(daemon).markRead(read.session);
  writeFileSync(`${quay}/a.txt`, "two\nthree\n");
  const idle = await openSession(daemon, { working_dir: quay, name: "Build with the new bundler", ephemeral: true });
  await play(idle, [{ text: "All green. The bundle shrank by 11 %." }]);
  await restOf(daemon).markRead(idle.session);
  const works = await openUnseen(daemon, {
    working_dir: quay,
    name: "Keyboard access to the map",
    workspace: { mode: "worktree" },
  });
  await works.prompt(script([{ text: "Looking at the order of focus." }, { gate: "works" }]));
  const closed = await openSession(daemon, { working_dir: tidetable, name: "Which harbours need a second gauge?" });
  await play(closed, [{ text: "Eleven of them, sorted by the size of the residual." }]);
  await restOf(daemon).kill(closed.session);
  await dialog(asks, "confirm");
  for (const { session } of [fails, finished]) await untilNeeded(daemon, session);
  return { asks, works };
}

/** A new session that nobody looks at. */
async function openUnseen(daemon: TestDaemon, options: CreateSession): Promise<Attachment> {
  const { id } = await restOf(daemon).create(options);
  return attachTo(daemon, id, { looking: false });
}

async function untilNeeded(daemon: TestDaemon, session: string): Promise<void> {
  const list = connectTo(daemon).watch();
  // pi tries again what failed, and needs nobody meanwhile.
  await untilListed(list, "attention", () => {
    const { attention, activity } = list.sessions.get(session) ?? {};
    return attention && activity === "idle";
  });
}

const command = '$ psql "$STAGING_URL" -c "ALTER TABLE forecast ADD COLUMN station_id integer REFERENCES station (id)"';
