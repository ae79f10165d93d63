import { fileURLToPath } from "node:url";
import type { Attachment } from "@pier/client";
import { openSession, settled, until } from "../../../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../../../harness/test-daemon.ts";
import { makeProjects } from "./projects.ts";

/** Sessions that look like somebody's afternoon: real ones, of a real pi, in real repositories. */
export interface Scene {
  readonly daemon: TestDaemon;
  /** Ids: one conversation at work, one that asks. */
  readonly working: string;
  readonly asking: string;
  readonly done: string;
}

export async function setScene(): Promise<Scene> {
  const extension = fileURLToPath(new URL("../../../fixtures/extensions/scene.ts", import.meta.url));
  const daemon = await startTestDaemon({ piArgs: ["-e", extension] });
  const { tidetable, quayWeb } = makeProjects(daemon.home);
  const open = (name: string, folder: string): Promise<Attachment> =>
    openSession(daemon, { name, working_dir: folder });
  const told = async (name: string, folder: string, prompt: string): Promise<Attachment> => {
    const session = await open(name, folder);
    await session.prompt(prompt);
    await settled(session);
    return session;
  };
  const done = await told("Build with the new bundler", quayWeb, "Build it with the new bundler.");
  await told("Why is the first paint slow on old tablets", quayWeb, "Why is the first paint slow on old tablets?");
  const night = await open("Night style for the chart", quayWeb);
  await night.prompt("Draw the night style for the chart.");
  await told("Read station lists lazily", tidetable, "Read the station lists lazily.");
  await told("Prune map tiles nobody asks for", quayWeb, "Prune map tiles that nobody asks for.");
  await told("Write the changelog for 2.4", tidetable, "Write the changelog for 2.4.");
  const asking = await open("Move the forecast job to the queue", tidetable);
  await asking.prompt("Move the forecast job to the queue, and add the column it needs.");
  await until(asking, "a question", () => asking.transcript.ui.dialogs.size > 0);
  const working = await told(
    "Heights off by an hour after the clock change",
    tidetable,
    "Since the clocks changed, heights on the harbour page are an hour late. Find out why, mend it, and add a test that would have caught it.",
  );
  await working.prompt("Good. Lint it, run everything, then squash it into one commit.");
  await until(working, "its tests", () =>
    JSON.stringify([...working.transcript.live.tools.values()]).includes("212 of 340"),
  );
  await working.steer("Name both clock-change days in the commit body");
  await working.followUp("Then compare the low waters on the lock page with the gauge");
  return { daemon, working: working.session, asking: asking.session, done: done.session };
}
