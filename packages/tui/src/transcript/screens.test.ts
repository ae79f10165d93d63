import { describe, expect, test } from "vitest";
import { messageScenes, type Scene, sceneTranscript, tools, toolScenes } from "../../tests/support/scenes.ts";
import { faults, plain, viewOf } from "../../tests/support/sight.ts";
import { TranscriptView } from "./transcript-view.ts";

/** All scenes below each other, as a person reads them. */
function screen(scenes: readonly Scene[], width: number): string {
  const parts = scenes.map((scene) => {
    const rows = new TranscriptView(sceneTranscript(scene), viewOf(scene.view)).render(width);
    expect(faults(rows, width)).toEqual([]);
    return [`${"═".repeat(3)} ${scene.name}`, ...plain(rows)].join("\n");
  });
  return `${parts.join("\n")}\n`;
}

describe.each([80, 40])("at %d columns", (width) => {
  test.each(tools.map((tool) => [tool.name, tool] as const))(
    "TranscriptView of %s in each state, is as kept",
    async (name, tool) => {
      await expect(screen(toolScenes(tool), width)).toMatchFileSnapshot(`screens/${name}-${width}.txt`);
    },
  );

  test("TranscriptView of each kind of message, is as kept", async () => {
    await expect(screen(messageScenes, width)).toMatchFileSnapshot(`screens/messages-${width}.txt`);
  });
});
