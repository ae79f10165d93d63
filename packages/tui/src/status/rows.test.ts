import { describe, expect, test } from "vitest";
import { bare } from "../../tests/support/bare.ts";
import { FakeSession } from "../../tests/support/fake-session.ts";
import { visibleWidth } from "../pi-tui/index.ts";
import { neutralise } from "../text/index.ts";
import { dark } from "../theme/dark.ts";
import { Theme } from "../theme/theme.ts";
import { folderForms } from "./folder-text.ts";
import { Outgoing } from "./outgoing.ts";
import { QueueRows } from "./queue-rows.ts";
import { WidgetRows } from "./widget-rows.ts";
import { costText } from "./words.ts";

const plain = new Theme(dark, "none");

describe("QueueRows", () => {
  const rows = (session: FakeSession, { width = 60, outgoing = [] as string[] } = {}): string[] =>
    new QueueRows(plain, () => ({ transcript: session.transcript, outgoing })).render(width).map(bare);

  test("nothing that waits, takes no row", () => {
    expect(rows(new FakeSession())).toEqual([]);
  });

  test("what waits for the turn, is shown with what will become of it", () => {
    const session = new FakeSession({}, { queue: { steering: ["look at\nthe test"], followUp: ["then commit"] } });
    expect(rows(session)).toEqual(["steering: look at the test", "follow-up: then commit"]);
  });

  test("many of them, are counted", () => {
    const session = new FakeSession({}, { queue: { steering: ["a", "b", "c", "d", "e", "f"], followUp: [] } });
    expect(rows(session)).toEqual(["steering: a", "steering: b", "steering: c", "steering: … and 3 more"]);
  });

  test("a prompt that pi lost, is offered", () => {
    const session = new FakeSession();
    session.info({}, [{ id: "1", text: "fix\u001b[2J it" }]);
    expect(rows(session)).toEqual(["not saved: fix it", "pi ended before it saved this: //send or //dismiss"]);
  });

  test("a prompt on its way, says what it waits for", () => {
    const session = new FakeSession();
    expect(rows(session, { outgoing: ["hello"] })).toEqual(["waiting for pi: hello"]);
    session.transcript.awaitAttached();
    expect(rows(session, { outgoing: ["hello"] })).toEqual(["waiting for the connection: hello"]);
  });

  test("no text, makes a row wider than the terminal", () => {
    const text = "漢字👩‍👩‍👧‍👦\t\u202e🚢 ".repeat(200);
    const session = new FakeSession({}, { queue: { steering: [text], followUp: [text] } });
    session.info({}, [{ id: "1", text }]);
    for (let width = 1; width <= 80; width++)
      for (const row of rows(session, { width, outgoing: [text] }))
        expect(visibleWidth(row)).toBeLessThanOrEqual(width);
  });
});

describe("Outgoing", () => {
  test("a prompt, waits until it is accepted or refused", async () => {
    let changes = 0;
    const outgoing = new Outgoing(() => changes++);
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const tracked = outgoing.track("one", first.promise);
    const refused = outgoing.track("one", second.promise);
    expect(outgoing.texts).toEqual(["one", "one"]);
    first.resolve("ok");
    expect(await tracked).toBe("ok");
    expect(outgoing.texts).toEqual(["one"]);
    second.reject(new Error("no"));
    await expect(refused).rejects.toThrow("no");
    expect([outgoing.texts, changes]).toEqual([[], 4]);
  });
});

describe("WidgetRows", () => {
  const widget = (
    widgetKey: string,
    widgetLines: string[] | undefined,
    widgetPlacement?: string,
  ): Parameters<FakeSession["ui"]>[0] => ({
    method: "setWidget",
    widgetKey,
    widgetLines,
    widgetPlacement,
  });
  const rows = (session: FakeSession, placement: "aboveEditor" | "belowEditor" = "aboveEditor", width = 40): string[] =>
    new WidgetRows(plain, placement, () => session.transcript).render(width).map(bare);

  test("widgets, stand where they want to and go when they are taken away", () => {
    const session = new FakeSession();
    session.ui(widget("a", ["one", "two"]));
    session.ui(widget("b", ["below"], "belowEditor"));
    session.ui(widget("c", ["three"]));
    expect([rows(session), rows(session, "belowEditor")]).toEqual([["one", "two", "three"], ["below"]]);
    session.ui(widget("a", undefined));
    expect(rows(session)).toEqual(["three"]);
  });

  test("long widgets, are cut off", () => {
    const session = new FakeSession();
    const lines = Array.from({ length: 1000 }, (_, at) => `row ${at}`);
    session.ui(widget("a", lines));
    expect(rows(session)).toEqual([...lines.slice(0, 9), "…"]);
    session.ui(widget("b", lines));
    expect(rows(session)).toEqual([...lines.slice(0, 9), "…", ...lines.slice(0, 4), "…"]);
  });

  test("whatever an extension writes, no row is wider than the terminal or does anything", () => {
    const session = new FakeSession();
    session.ui(widget("a", ["\u001b]0;x\u0007\u001b[2J漢字\t👩‍👩‍👧‍👦\nsecond\rthird ".repeat(50)]));
    for (let width = 1; width <= 80; width++) {
      for (const row of rows(session, "aboveEditor", width)) {
        expect(visibleWidth(row)).toBeLessThanOrEqual(width);
        expect(neutralise(row)).toBe(row);
        expect(row).not.toMatch(/[\n\t]/);
      }
    }
  });
});

describe("folderForms", () => {
  test.each([
    ["/home/ada/project", "/home/ada", ["~/project", "project"]],
    ["/home/ada", "/home/ada/", ["~"]],
    ["/srv/adam/x", "/srv/ada", ["/srv/adam/x", "x"]],
    ["/", "/home/ada", ["/"]],
    ["/srv/", "/", ["/srv/", "srv"]],
    ["C:\\Users\\ada\\x", "C:\\Users\\ada", ["~\\x", "x"]],
    ["/a/b", undefined, ["/a/b", "b"]],
    ["/a/\u001b[31mb\n", undefined, ["/a/b", "b"]],
    ["", "/home/ada", [""]],
  ])("%o in %o, is %o", (folder, home, forms) => {
    expect(folderForms(folder, home)).toEqual(forms);
  });
});

describe("words", () => {
  test("costs, have as many places as tell something", () => {
    expect([0.0004, 1.5, 12.345].map(costText)).toEqual(["<$0.001", "$1.500", "$12.35"]);
  });
});
