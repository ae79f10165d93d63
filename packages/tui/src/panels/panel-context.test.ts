import { expect, test, vi } from "vitest";
import { keys, panelSetting, press, shown, type } from "../../tests/support/panels.ts";
import { AskPanel } from "./ask-panel.ts";
import { panelContext } from "./panel-context.ts";
import { PanelHost } from "./panel-host.ts";
import type { Panel } from "./panel.ts";

function context() {
  const focused: (Panel | null)[] = [];
  const host = new PanelHost((panel) => focused.push(panel));
  const setting = panelSetting();
  const current = (): Panel => {
    if (!host.current) throw new Error("There is no panel.");
    return host.current;
  };
  return { host, setting, focused, current, ...panelContext(host, setting) };
}

test("pick, ask and confirm, give the answer and the keyboard back", async () => {
  const { host, focused, current, pick, ask, confirm } = context();
  const picked = pick({ title: "Which?", choices: [{ value: 7, label: "seven" }], empty: "" });
  expect(focused).toEqual([host.current]);
  press(current(), keys.enter);
  expect(await picked).toBe(7);
  expect(focused.at(-1)).toBeNull();

  const asked = ask({ title: "Name?" });
  type(current(), "x ");
  press(current(), keys.enter);
  expect(await asked).toBe("x ");

  const confirmed = confirm({ title: "Sure?" });
  press(current(), "y");
  expect(await confirmed).toBe(true);
});

test("pick, ask and confirm, give nothing when they are left", async () => {
  const { current, pick, ask, confirm } = context();
  const questions = [
    pick({ title: "", choices: [], empty: "" }),
    ask({ title: "" }),
    ask({ title: "" }),
    confirm({ title: "" }),
  ];
  press(current(), keys.escape);
  press(current(), keys.escape);
  type(current(), "  ");
  press(current(), keys.enter);
  press(current(), keys.escape);
  expect(await Promise.all(questions)).toEqual([null, null, null, false]);
});

test("wait, says what goes on and for how long, until it is done", async () => {
  vi.useFakeTimers();
  try {
    const { host, setting, current, wait } = context();
    const requestRender = vi.spyOn(setting.screen, "requestRender");
    const work = Promise.withResolvers<string>();
    const waiting = wait("Compacting…", () => work.promise);
    expect(host.current).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(shown(current(), 40)).toEqual(["─".repeat(40), "⠹ Compacting…", "Esc stop", "─".repeat(40)]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(shown(current(), 40)[1]).toMatch(/Compacting… 12 s$/);
    work.resolve("done");
    expect(await waiting).toBe("done");
    expect(host.current).toBeNull();
    requestRender.mockClear();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(requestRender).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});

test("wait, fails as the work does", async () => {
  const { host, wait } = context();
  await expect(wait("x", () => Promise.reject(new Error("pi said no")))).rejects.toThrow("pi said no");
  expect(host.current).toBeNull();
});

test("wait, Esc asks the work to stop, and a second Esc no longer waits for it", async () => {
  const { host, current, wait } = context();
  const work = Promise.withResolvers<void>();
  let signal: AbortSignal | undefined;
  const waiting = wait("Exporting…", (given) => {
    signal = given;
    return work.promise;
  });
  await expect.poll(() => host.current).not.toBeNull();
  press(current(), "x", keys.enter);
  expect(signal?.aborted).toBe(false);
  press(current(), keys.escape);
  expect(signal?.aborted).toBe(true);
  expect(shown(current(), 40)[2]).toBe("stopping … Esc leaves it");
  press(current(), keys.escape);
  await expect(waiting).rejects.toThrow("Stopped: Exporting…");
  expect(host.current).toBeNull();
});

test("PanelHost, shows panels in order, one put first at once, and never a wait before a question", async () => {
  const { host, setting, focused, wait } = context();
  const panel = (): Panel => new AskPanel(setting, { title: "" }, { onDone: () => {} });
  const [a, b, first] = [panel(), panel(), panel()];
  const work = Promise.withResolvers<void>();
  const waiting = wait("x", () => work.promise);
  await expect.poll(() => host.current).not.toBeNull();
  const [closeA, closeB] = [host.show(a), host.show(b)];
  expect(host.current).toBe(a);
  const closeFirst = host.show(first, { first: true });
  expect(host.current).toBe(first);
  closeFirst();
  closeFirst();
  expect(host.current).toBe(a);
  closeB();
  closeA();
  expect(host.current?.yields).toBe(true);
  work.resolve();
  await waiting;
  expect(focused.at(-1)).toBeNull();
});
