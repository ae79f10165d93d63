import { describe, expect, test } from "vitest";
import { commands, commandSpec, type CommandEffect } from "./commands.ts";

const ofEffect = (effect: CommandEffect) =>
  Object.entries(commands)
    .filter(([, spec]) => spec.effect === effect)
    .map(([type]) => type)
    .toSorted();

describe("commands", () => {
  test.each<[CommandEffect, string[]]>([
    ["prompt", ["follow_up", "prompt", "steer"]],
    ["bash", ["bash"]],
    ["switch", ["clone", "fork", "new_session", "switch_session"]],
    ["act", ["abort", "abort_bash", "abort_retry", "clear_queue", "export_html"]],
    [
      "change",
      [
        "compact",
        "cycle_model",
        "cycle_thinking_level",
        "set_auto_compaction",
        "set_auto_retry",
        "set_follow_up_mode",
        "set_model",
        "set_session_name",
        "set_steering_mode",
        "set_thinking_level",
      ],
    ],
    [
      "read",
      [
        "get_available_models",
        "get_available_thinking_levels",
        "get_commands",
        "get_entries",
        "get_fork_messages",
        "get_last_assistant_text",
        "get_messages",
        "get_session_stats",
        "get_state",
        "get_tree",
      ],
    ],
  ])("effect %s, is that of exactly these commands", (effect, types) => {
    expect(ofEffect(effect)).toEqual(types);
  });

  test("a command that only asks, needs no more than read; every other needs more", () => {
    for (const spec of Object.values(commands)) expect(spec.scope === "read").toBe(spec.effect === "read");
  });

  test("switch_session, needs admin: it opens any file", () => {
    expect(commands.switch_session.scope).toBe("admin");
  });
});

describe("commandSpec", () => {
  test("a listed type, gives its row", () => {
    expect(commandSpec("get_tree")).toEqual({ effect: "read", scope: "read", since: "0.80.3" });
  });

  test.each(["tree_dance", "", "constructor", "__proto__", "toString"])(
    "the unlisted type %j, acts and needs prompt",
    (type) => {
      expect(commandSpec(type)).toEqual({ effect: "act", scope: "prompt" });
    },
  );
});
