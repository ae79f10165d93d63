import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { defaultAnswer, type Dialog, dialogMethods } from "../records/dialogs.ts";
import { ExtensionUi } from "./extension-ui.ts";

const select = { id: "d", method: "select", title: "Which?", options: ["a", "b"], timeout: 10_000 };

function after(...requests: object[]): ExtensionUi {
  const ui = new ExtensionUi();
  for (const request of requests) ui.apply({ type: "extension_ui_request", ...request });
  return ui;
}

describe("ExtensionUi for dialogs", () => {
  test.each(dialogMethods)("%s, is kept without the members of the frame", (method) => {
    const ui = new ExtensionUi();
    expect(ui.apply({ type: "extension_ui_request", session: "s", seq: 7, ...select, method })).toBe(false);
    expect([...ui.dialogs.values()]).toEqual([{ ...select, method }]);
  });

  test("members that do not fit, are left out; those of a newer pi stay", () => {
    const odd = {
      id: "d",
      method: "select",
      title: 7,
      message: {},
      options: ["a", 7],
      timeout: "soon",
      deadline: NaN,
      secret: true,
    };
    expect(after(odd).dialogs.get("d")).toEqual({ id: "d", method: "select", options: ["a"], secret: true });
    expect(after({ ...select, options: "a" }).dialogs.get("d")).not.toHaveProperty("options");
  });

  test.each([
    { ...select, id: undefined },
    { ...select, id: 7 },
    { ...select, method: "confetti" },
    { ...select, method: undefined },
  ])("%j, is not kept", (request) => {
    const ui = new ExtensionUi();
    expect(ui.apply(request)).toBe(true);
    expect(ui.dialogs.size).toBe(0);
  });

  test("one more than the limit, drops the oldest and says so", () => {
    const dropped: Dialog[] = [];
    const ui = new ExtensionUi((dialog) => dropped.push(dialog));
    for (let at = 0; at < limits.dialogs; at++) ui.apply({ ...select, id: `${at}` });
    ui.apply({ ...select, id: "0", title: "Again" });
    expect(dropped).toEqual([]);
    ui.apply({ ...select, id: "last" });
    expect(dropped.map((dialog) => dialog.id)).toEqual(["0"]);
    expect(ui.dialogs.size).toBe(limits.dialogs);
  });
});

describe("ExtensionUi for statuses, widgets and title", () => {
  test("set twice, is as set once; without a value, is cleared", () => {
    const status = { method: "setStatus", statusKey: "k", statusText: "Turn 3" };
    const widget = { method: "setWidget", widgetKey: "k", widgetLines: ["a"], widgetPlacement: "belowEditor" };
    const title = { method: "setTitle", title: "pi" };
    const ui = after(status, status, widget, widget, title, title);
    expect(ui).toEqual(after(status, widget, title));
    expect([ui.statuses.get("k"), ui.widgets.get("k"), ui.title]).toEqual([
      "Turn 3",
      { lines: ["a"], placement: "belowEditor" },
      "pi",
    ]);
    for (const request of [
      { ...status, statusText: undefined },
      { ...widget, widgetLines: null },
      { method: "setTitle" },
    ])
      ui.apply(request);
    expect(ui).toEqual(new ExtensionUi());
  });

  test("placement that is none, is above the editor; lines that are no text fall out", () => {
    const ui = after({ method: "setWidget", widgetKey: "k", widgetLines: ["a", 7, null], widgetPlacement: "left" });
    expect(ui.widgets.get("k")).toEqual({ lines: ["a"], placement: "aboveEditor" });
  });

  test("a text that is none, clears; a key that is none, is ignored", () => {
    const ui = after(
      { method: "setStatus", statusKey: "k", statusText: "x" },
      { method: "setStatus", statusKey: "k", statusText: 7 },
    );
    expect(ui.statuses.size).toBe(0);
    expect(ui.apply({ method: "setStatus", statusText: "x" })).toBe(true);
    expect(ui.apply({ method: "setWidget", widgetKey: 7, widgetLines: [] })).toBe(true);
    expect(ui).toEqual(new ExtensionUi());
  });

  test("the key __proto__, is a key like any other, also over the wire", () => {
    const ui = after({ method: "setStatus", statusKey: "__proto__", statusText: "x" });
    const sent = JSON.parse(JSON.stringify(Object.fromEntries(ui.statuses))) as Record<string, string>;
    expect(Object.entries(sent)).toEqual([["__proto__", "x"]]);
  });

  test("one more than the limit, drops the oldest", () => {
    const keys = (count: number) => Array.from({ length: count }, (_, at) => `${at}`);
    const ui = after(
      ...keys(limits.statuses + 1).map((statusKey) => ({ method: "setStatus", statusKey, statusText: "x" })),
      ...keys(limits.widgets + 1).map((widgetKey) => ({ method: "setWidget", widgetKey, widgetLines: [] })),
    );
    expect([ui.statuses.size, ui.widgets.size]).toEqual([limits.statuses, limits.widgets]);
    expect([ui.statuses.has("0"), ui.widgets.has("0")]).toEqual([false, false]);
  });

  test.each(["notify", "set_editor_text", "confetti"])("%s, only matters in its moment", (method) => {
    const ui = new ExtensionUi();
    expect(ui.apply({ id: "1", method, message: "hi" })).toBe(true);
    expect(ui).toEqual(new ExtensionUi());
  });

  test("clear, forgets everything", () => {
    const ui = after(
      select,
      { method: "setStatus", statusKey: "k", statusText: "x" },
      { method: "setTitle", title: "t" },
    );
    ui.clear();
    expect(ui).toEqual(new ExtensionUi());
  });
});

test("ExtensionUi for any request at all, does not throw and stays as typed", () => {
  const methods = fc.constantFrom(...dialogMethods, "setStatus", "setWidget", "setTitle", "notify");
  const names = fc.constantFrom(
    "id",
    "options",
    "title",
    "statusKey",
    "statusText",
    "widgetKey",
    "widgetLines",
    "timeout",
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(methods, fc.dictionary(names, fc.jsonValue()))), (requests) => {
      const ui = after(...requests.map(([method, members]) => ({ ...members, method })));
      for (const text of ui.statuses.values()) expect(text).toBeTypeOf("string");
      for (const widget of ui.widgets.values())
        expect(widget.lines.every((line) => typeof line === "string")).toBe(true);
      for (const dialog of ui.dialogs.values())
        expect(dialog.options?.every((option) => typeof option === "string") ?? true).toBe(true);
    }),
  );
});

test("defaultAnswer, denies a confirm and cancels the rest", () => {
  expect(dialogMethods.map(defaultAnswer)).toEqual([
    { cancelled: true },
    { confirmed: false },
    { cancelled: true },
    { cancelled: true },
  ]);
});
