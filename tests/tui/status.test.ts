import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { script } from "@pier/demo-model";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { launcher } from "../cli/programs.ts";
import { Terminal } from "../cli/terminal.ts";
import { rpcDemo } from "../harness/pi-under-test.ts";
import { attachTo, play as playTurn, restOf, until } from "../harness/test-client.ts";
import { startTestDaemon, type TestDaemon } from "../harness/test-daemon.ts";
import { poll } from "../harness/wait-for.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon.dispose());

/** A session with a client attached to it in a terminal, that shows its status bar. */
async function attached({
  piArgs,
  env,
  background,
}: { piArgs?: string[]; env?: NodeJS.ProcessEnv; background?: string } = {}): Promise<{
  id: string;
  screen: Terminal;
}> {
  const { id } = await restOf(daemon).create({ working_dir: daemon.folder, ...(piArgs && { pi_args: piArgs }) });
  const screen = new Terminal([process.execPath, launcher("pier"), "attach", id], {
    env: { ...daemon.env, PIER_DATA_DIR: daemon.dataDir, ...env },
    cwd: daemon.folder,
    background,
  });
  await screen.shows(/^~?\/.*demo-reasoning · \w+$/m);
  return { id, screen };
}

const play = (...steps: Parameters<typeof script>[0]): string => script(steps);
/** What a person says to the demo model in this terminal; pasted, so that its line breaks do not send it. */
const say = (screen: Terminal, ...steps: Parameters<typeof script>[0]): void => {
  screen.paste(`Play this.\n${play(...steps)}`);
  screen.press("Enter");
};

describe("the status bar and the working line", () => {
  test("a turn, is named while it runs and counted when it has ended", async () => {
    const { screen } = await attached();
    say(screen, { tool: "bash", args: { command: "cat > /dev/null; sleep 60" } }, { text: "Done." });
    const during = await screen.shows(/^\S bash cat > \/dev\/null; sleep 60 · \d+ s · Esc stops$/m);
    expect(during).not.toMatch(/\$0\.000/);
    screen.press("Escape");
    // The turn ends, and then its numbers are asked for.
    await screen.shows((text) => !text.includes("Esc stops") && /^\d+\.\d%\/128k · ↑[\d.]+k? ↓\d+$/m.test(text));
  });

  test("what waits for the turn, is shown and counted until it is said", async () => {
    const { id, screen } = await attached();
    const other = await attachTo(daemon, id);
    say(screen, { gate: "queue" }, { text: "First." });
    await daemon.model.gates.waitForArrival("queue");
    await other.followUp(`and then\n${play({ text: "Second." })}`);
    await screen.shows(/^follow-up: and then [^]*1 queued · 2 here/m);
    daemon.model.gates.open("queue");
    await screen.shows(/Second\./);
    await until(other, "the end of the turn", () => !other.transcript.live.running);
    await screen.shows((shown) => !shown.includes("follow-up:"));
  });

  test("a turn that ends while the terminal has no focus, is unread until it has it again", async () => {
    const { id, screen } = await attached();
    const program = await attachTo(daemon, id, { looking: false });
    const reason = async (): Promise<string | undefined> => (await restOf(daemon).get(id)).attention?.reason;
    await playTurn(program, [{ text: "Seen." }]);
    expect(await reason()).toBeUndefined();
    screen.type("\u001b[O");
    // The loss of the focus comes to the daemon on its own way.
    const reasonOfATurn = async (): Promise<string | undefined> => {
      await playTurn(program, [{ text: "Unseen." }]);
      return reason();
    };
    await expect.poll(reasonOfATurn, { timeout: 60_000 }).toBe("finished");
    screen.type("\u001b[I");
    await until(program, "read", () => program.transcript.info?.attention === undefined);
  });

  test("pi that is suspended, is said to be until it goes on", async () => {
    const { id, screen } = await attached();
    const pid = (await attachTo(daemon, id)).transcript.info?.pid;
    if (pid === undefined) throw new Error("The session has no process.");
    process.kill(pid, "SIGSTOP");
    try {
      await screen.shows("· suspended: pi is stopped by a signal");
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await screen.shows((shown) => !shown.includes("suspended"));
  });
});

describe("extensions", () => {
  test("a title, a widget and a status, are shown and the title is given back at the end", async () => {
    const { screen } = await attached({ piArgs: ["-e", rpcDemo] });
    const text = await screen.shows("Turns: 0");
    expect(text).toMatch(/--- RPC Extension UI Demo ---\nLoaded and ready\.\n─+\n/);
    await poll(() => screen.title() === "pi RPC Demo", "the extension's title");
    say(screen, { gate: "titled" }, { text: "Said." });
    await daemon.model.gates.waitForArrival("titled");
    await poll(() => screen.title() === "… pi RPC Demo", "the mark of work");
    await screen.shows("Turn 1 running...");
    daemon.model.gates.open("titled");
    await screen.shows("Turn 1 done");
    screen.press("C-d");
    await screen.shows("exit code 0");
    expect(screen.title()).not.toContain("pi RPC Demo");
  });
});

describe("a daemon that goes away", () => {
  test("is said to in the status bar, keeps what is typed and sent, and is forgotten when it is back", async () => {
    const { screen } = await attached();
    screen.type("half a thought");
    await daemon.kill();
    await screen.shows(/^connection lost · (?:trying again in \d+ s|connecting…) · what you type is kept/m);
    screen.press("C-u");
    say(screen, { text: "After all." });
    await screen.shows(/^waiting for the connection: Play this\./m);
    screen.type("another thought");
    await daemon.start();
    // Once as it was asked for, once as the answer.
    const text = await screen.shows(
      (shown) =>
        (shown.match(/After all\./g) ?? []).length === 2 && !/connection lost|catching up|waiting for/.test(shown),
    );
    expect(text).toContain("another thought");
  });

  test("a session that is closed elsewhere, ends the client with what can be done", async () => {
    const { id, screen } = await attached();
    await restOf(daemon).kill(id);
    await screen.shows(`The session was closed. \`pier resume ${id.slice(0, 8)}\` opens it again.`);
    await screen.shows("exit code 0");
  });

  test("leaving, says how to come back", async () => {
    const { id, screen } = await attached();
    screen.press("C-d");
    await screen.shows(`Left; the session goes on. Come back with:\n  pier attach ${id.slice(0, 8)}`);
    await screen.shows("exit code 0");
  });
});

describe("colours", () => {
  const colours = /\u001b\[[\d;]*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[\d;]*m/; // oxlint-disable-line no-control-regex -- that is what is looked for

  test("NO_COLOR, gives none at all", async () => {
    const { screen } = await attached({ env: { NO_COLOR: "1" } });
    expect(screen.styled()).not.toMatch(colours);
  });

  test.each([
    ["light", "#fdf6e3", "38;2;118;118;118"],
    ["dark", "#002b36", "38;2;102;102;102"],
  ])("a terminal that says that it is %s, gets the palette for it", async (_, background, dim) => {
    const { screen } = await attached({ env: { COLORTERM: "truecolor" }, background });
    await screen.shows(() => screen.styled().includes(`\u001b[${dim}m`));
  });

  test("COLORFGBG and a terminal of 256 colours, are believed where nobody says better", async () => {
    const { screen } = await attached({ env: { COLORFGBG: "0;15" } });
    // #767676, pi's dim colour on light, is 243 of 256; #666666 on dark would be 241.
    await screen.shows(() => screen.styled().includes("\u001b[38;5;243m"));
  });

  test("a theme file that is wrong, is told of once and the default is used", async () => {
    const folder = join(daemon.home, "themed");
    mkdirSync(join(folder, "themes"), { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify({ theme: "mine" }));
    writeFileSync(join(folder, "themes", "mine.json"), '{"name":"mine","colors":{"accent":"#12"}}');
    const { screen } = await attached({ env: { PI_CODING_AGENT_DIR: folder } });
    const words = (): string => screen.text().replace(/\s+/g, " ");
    await screen.shows(() => words().includes("the default theme is used instead."));
    expect(words()).toContain('mine.json cannot be used: "accent" is "#12": #rrggbb, 0 to 255');
    expect(screen.styled()).toMatch(colours);
  });
});
