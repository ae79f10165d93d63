import type { WorkspaceConfig } from "@pier/protocol";
import type { ChosenModel } from "#lib/new-session/session-defaults.ts";
import { pier } from "#lib/pier/pier.svelte.ts";

/** The settings of a folder while they are changed; an empty string leaves a thing open. */
export class WorkspaceForm {
  readonly folder: string;
  theme = $state("");
  skin = $state("");
  model = $state.raw<ChosenModel | null>(null);
  thinking = $state("");
  place = $state("shared");
  setup = $state("");
  isReady = $state(false);
  isSaving = $state(false);
  problem = $state("");

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Reads the settings; the returned function gives up. */
  follow(): () => void {
    const reading = new AbortController();
    void this.#read(reading.signal);
    return () => reading.abort();
  }

  /** Writes the settings. Resolves with whether that worked. */
  async save(): Promise<boolean> {
    this.isSaving = true;
    try {
      await pier.rest.saveWorkspaceConfig(this.folder, this.#config());
      this.problem = "";
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.isSaving = false;
    return this.problem === "";
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      const { config } = await pier.rest.workspaceConfig(this.folder, { signal });
      const { ui = {}, session = {}, setup = {}, workspace = {} } = config;
      this.theme = ui.theme_override ?? "";
      this.skin = ui.skin_override ?? "";
      this.model = session.provider && session.model ? { provider: session.provider, id: session.model } : null;
      this.thinking = session.thinking_level ?? "";
      this.place = workspace.mode ?? "shared";
      this.setup = setup.command ?? "";
      this.isReady = true;
    } catch (error) {
      if (!signal.aborted) this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  #config(): WorkspaceConfig {
    const { theme, skin, model, thinking, place } = this;
    const setup = this.setup.trim();
    // The daemon checks the names of themes and skins; they come from lists.
    const ui = {
      ...(theme && { theme_override: theme }),
      ...(skin && { skin_override: skin }),
    } as WorkspaceConfig["ui"];
    return {
      ...(ui && Object.keys(ui).length > 0 && { ui }),
      session: {
        ...(model && { provider: model.provider, model: model.id }),
        ...(thinking && { thinking_level: thinking }),
      },
      ...(setup && { setup: { command: setup } }),
      workspace: { mode: place === "worktree" ? "worktree" : "shared" },
    };
  }
}
