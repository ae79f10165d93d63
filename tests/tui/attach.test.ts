import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { restOf } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { attachedTo, conversation, pierIn } from "./client.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

const newSession = async (): Promise<string> => (await restOf(daemon).create({ working_dir: daemon.folder })).id;

/** A prompt on one line. */
const play = (...steps: Parameters<typeof script>[0]): string => script(steps);

describe("pier attach in a terminal", () => {
  test("a prompt, streams its answer, its tools and its end; leaving says how to come back, and coming back shows it", async () => {
    const id = await newSession();
    const screen = await attachedTo(daemon, id);
    screen.enter(
      play(
        { text: "Before the tool." },
        { tool: "bash", args: { command: "echo hi" } },
        { gate: "mid" },
        { text: "After it." },
      ),
    );
    await daemon.model.gates.waitForArrival("mid");
    await screen.shows(/^\s*Before the tool\.\s*$[^]*\$ echo hi\b.*✓/m);
    daemon.model.gates.open("mid");
    await screen.shows(/^\s*After it\.\s*$/m);
    screen.press("C-d");
    await screen.shows(`Left; the session goes on. Come back with:\n  pier attach ${id.slice(0, 8)}`);
    await screen.shows("exit code 0");
    const again = await attachedTo(daemon, id.slice(0, 8));
    await again.shows(/^\s*Before the tool\.\s*$[^]*\$ echo hi\b.*✓[^]*^\s*After it\.\s*$/m);
  });

  test("what is typed while text streams, stays whole, and nothing of the text is lost or doubled", async () => {
    const screen = await attachedTo(daemon, await newSession());
    screen.enter(play({ tokens: 60, delay: 10 }, { gate: "typed" }, { text: "The end." }));
    for (const word of ["I ", "type ", "this ", "meanwhile"]) screen.type(word);
    await screen.shows(/\bw59\b[^]*^I type this meanwhile/m);
    const words =
      conversation(screen)
        .join(" ")
        .match(/\bw\d+\b/g) ?? [];
    expect(words).toEqual(Array.from({ length: 60 }, (_, at) => `w${at}`));
    daemon.model.gates.open("typed");
    await screen.shows(/The end\.\s*$[^]*^I type this meanwhile/m);
  });

  test("escape sequences of a tool and of the model, do nothing", async () => {
    const screen = await attachedTo(daemon, await newSession());
    screen.enter(
      play(
        { text: "a\u001b[2Jb\u001b]0;owned\u0007c" },
        { tool: "bash", args: { command: "printf '\\033[2J\\033]0;x\\007loud'; exit 3" } },
        { text: "Fine." },
      ),
    );
    await screen.shows(/^\s*abc\s*$[^]*printf[^]*✗[^]*^\s*Fine\.\s*$/m);
  });

  test("a session that is closed elsewhere, ends it and says how it is opened again", async () => {
    const id = await newSession();
    const screen = await attachedTo(daemon, id);
    await restOf(daemon).kill(id);
    await screen.shows(`The session was closed. \`pier resume ${id.slice(0, 8)}\` opens it again.`);
    await screen.shows("exit code 0");
  });

  test("a terminal that is too small, says so, and shows the session once it is larger", async () => {
    const id = await newSession();
    const first = await attachedTo(daemon, id);
    first.enter(play({ text: "Words that need room." }));
    await first.shows(/^\s*Words that need room\.\s*$/m);
    first.type("a draft");
    await first.shows("a draft");
    first.resize(18, 10);
    await first.shows((text) => text.replaceAll(/\s+/g, " ").includes("too small to show the session"));
    first.resize(60, 4);
    await first.shows("is too small to show the session");
    first.resize(60, 20);
    await first.shows(/Words that need room\.\s*$[^]*^a draft/m);
    expect(first.text()).not.toContain("too small");
  });

  test("pier new, starts a session, shows it, and says how to come back", async () => {
    const screen = pierIn(daemon, "new", "--name", "a new one");
    await screen.shows("a new one");
    screen.press("C-d");
    await screen.shows(/Come back with:\n {2}pier attach [0-9a-f]{8}\n[^]*exit code 0/);
  });

  test("without any session, offers to start one here; a no starts nothing", async () => {
    for (const { id, status } of await restOf(daemon).list()) if (status === "live") await restOf(daemon).kill(id);
    const refused = pierIn(daemon, "attach");
    await refused.shows(/No session is open\. Start one in .*\? y\/N/);
    refused.press("Enter");
    await refused.shows("exit code 0");
    expect((await restOf(daemon).list()).filter(({ status }) => status === "live")).toEqual([]);
    const screen = pierIn(daemon, "attach");
    await screen.shows("y/N");
    screen.enter("y");
    await screen.shows(/^───/m);
    expect((await restOf(daemon).list()).filter(({ status }) => status === "live")).toHaveLength(1);
  });
});
