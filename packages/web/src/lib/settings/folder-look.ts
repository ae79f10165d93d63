import { pier } from "#lib/pier/pier.svelte.ts";
import { appearance } from "./appearance.svelte.ts";

/** Shows a folder's own theme and skin until the returned function is called. */
export function followFolderLook(folder: string): () => void {
  const left = new AbortController();
  let end = (): void => {};
  pier.rest
    .workspaceConfig(folder, { signal: left.signal })
    .then(({ config: { ui } }) => {
      if (!ui || left.signal.aborted) return;
      end = appearance.replace({ theme: ui.theme_override, skin: ui.skin_override });
    })
    .catch(() => {
      // Settings that cannot be read are said where they are changed, and where a session starts.
    });
  return () => {
    left.abort();
    end();
  };
}
