import { describe, expect, test, vi } from "vitest";
import type { ClientCommand } from "../../commands/command.ts";
import { limits } from "../../limits.ts";
import { type CompletionSources, PromptCompletion } from "./prompt-completion.ts";

const command = (name: string, argument?: string): ClientCommand => ({
  name,
  description: `does ${name}`,
  ...(argument !== undefined && { argument }),
  run: () => Promise.resolve(),
});

const sources: CompletionSources = {
  commands: (mark) => (mark === "/" ? [command("model", "[id]"), command("new")] : [command("status")]),
  piCommands: async () => [
    { name: "review", description: "from an \u001b[31mextension", source: "extension" },
    { name: "new", source: "extension" },
    { name: "bad\u001b[2J", source: "prompt" },
  ],
  complete: async (_command, prefix) => [{ value: `${prefix}!`, label: prefix }],
  searchFiles: async (query) => [{ path: `${query}.ts`, directory: false }],
};

const suggest = (text: string, own: Partial<CompletionSources> = {}, signal = new AbortController().signal) =>
  new PromptCompletion({ ...sources, ...own }).getSuggestions([text], 0, text.length, { signal });

describe("PromptCompletion", () => {
  test("of /, lists our commands and pi's, each name once and without control characters", async () => {
    expect((await suggest("/"))?.items).toEqual([
      { value: "/model", label: "/model [id]", description: "does model" },
      { value: "/new", label: "/new", description: "does new" },
      { value: "/review", label: "/review", description: "from an extension" },
    ]);
  });

  test.each([
    ["/mdl", ["/model"]],
    ["//s", ["//status"]],
    ["/rev", ["/review"]],
  ])("of %s, lists what resembles it", async (text, values) => {
    expect((await suggest(text))?.items.map(({ value }) => value)).toEqual(values);
  });

  test("of /, while pi does not answer, lists ours", async () => {
    const piCommands = (): Promise<never> => Promise.reject(new Error("gone"));
    expect((await suggest("/n", { piCommands }))?.items.map(({ value }) => value)).toEqual(["/new"]);
  });

  test("of an argument, asks the command; of one without completion, gives nothing", async () => {
    const completing = { ...command("model"), complete: () => Promise.resolve([]) };
    const own = { commands: () => [completing, command("new")] };
    expect(await suggest("/model ab", own)).toEqual({ items: [{ value: "ab!", label: "ab" }], prefix: "ab" });
    expect(await suggest("/new ab", own)).toBeNull();
  });

  test("of @a, asks the session's machine", async () => {
    expect(await suggest("see @a")).toEqual({
      items: [{ value: "@a.ts", label: "a.ts", description: "a.ts" }],
      prefix: "@a",
    });
  });

  test("of @a, when the search fails, gives nothing", async () => {
    expect(await suggest("@a", { searchFiles: () => Promise.reject(new Error("500")) })).toBeNull();
  });

  test("of @a, when the search hangs, ends with what is typed next and after a time at the latest", async () => {
    const searchFiles = (): Promise<never> => new Promise(() => {});
    const aborter = new AbortController();
    const aborted = suggest("@a", { searchFiles }, aborter.signal);
    aborter.abort();
    expect(await aborted).toBeNull();
    vi.useFakeTimers();
    const late = suggest("@a", { searchFiles });
    await vi.advanceTimersByTimeAsync(limits.completionWait);
    expect(await late).toBeNull();
    vi.useRealTimers();
  });
});
