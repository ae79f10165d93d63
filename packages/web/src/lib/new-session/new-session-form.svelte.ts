import { goto } from "$app/navigation";
import { RestError } from "@pier/client";
import type { CreateSession, WorkspaceConfig } from "@pier/protocol";
import { setFirstPrompt } from "#lib/composer/first-prompt.ts";
import { pier } from "#lib/pier/pier.svelte.ts";
import { sessionList } from "#lib/pier/session-list.svelte.ts";
import { sessionFolder } from "#lib/pier/session-text.ts";
import { pageAt } from "#lib/pier/where.ts";
import { folderText } from "#lib/ui/folder-text.ts";
import { recentFolders } from "./recent-folders.ts";
import { type ChosenModel, defaultsFor } from "./session-defaults.ts";

/** Why a session did not start, in the words of who refused. */
export interface StartProblem {
  words: string;
  /** What somebody has to agree to first: that direnv runs an .envrc, or that a project sets its worktree up. */
  asks: "envrc" | "setup" | null;
  /** The file that it is about. */
  path: string;
}

export interface FormOptions {
  folder?: string | undefined;
  /** The id of a session that the new one is to resemble. */
  like?: string | undefined;
}

/** A session that is about to be started. What a person did not choose follows the folder. */
export class NewSessionForm {
  text = $state("");
  folder = $state("");
  name = $state("");
  branch = $state("");
  useDirenv = $state(true);
  isEphemeral = $state(false);
  problem = $state.raw<StartProblem | null>(null);
  isStarting = $state(false);
  #chosen = $state.raw<{ model?: ChosenModel | null; thinking?: string | null; place?: "shared" | "worktree" }>({});
  #setup = $state<"run" | "skip" | null>(null);
  #config = $state.raw<{ folder: string; config: WorkspaceConfig } | null>(null);
  readonly #like = $state.raw<string | undefined>();

  constructor({ folder, like }: FormOptions = {}) {
    this.#like = like;
    const wanted = this.#resembled ? sessionFolder(this.#resembled) : folder;
    const path = wanted ?? recentFolders(sessionList.sessions, 1)[0] ?? pier.me?.server.folder ?? "";
    this.folder = folderText(path, this.#home);
    this.isEphemeral = this.#resembled?.ephemeral ?? false;
  }

  get model(): ChosenModel | null {
    return this.#chosen.model === undefined ? this.#defaults.model : this.#chosen.model;
  }

  set model(model: ChosenModel | null) {
    this.#chosen = { ...this.#chosen, model };
  }

  get thinking(): string | null {
    return this.#chosen.thinking === undefined ? this.#defaults.thinking : this.#chosen.thinking;
  }

  set thinking(thinking: string | null) {
    this.#chosen = { ...this.#chosen, thinking };
  }

  get place(): "shared" | "worktree" {
    return this.#chosen.place ?? this.#defaults.place;
  }

  set place(place: "shared" | "worktree") {
    this.#chosen = { ...this.#chosen, place };
  }

  /** The command that a new worktree is set up with. */
  get setup(): string | null {
    return this.#defaults.setup;
  }

  /** The folder without `~`. */
  get path(): string {
    const home = this.#home;
    const typed = this.folder.trim().replace(/(?<=.)\/+$/, "");
    return home && (typed === "~" || typed.startsWith("~/")) ? home + typed.slice(1) : typed;
  }

  /** Reads the settings of the folder; what they say is shown and holds unless somebody chooses. */
  async readConfig(signal: AbortSignal): Promise<void> {
    const folder = this.path;
    if (folder === "") return;
    try {
      const { config } = await pier.rest.workspaceConfig(folder, { signal });
      this.#config = { folder, config };
    } catch {
      // A folder that is not there yet has no settings; starting there says what is wrong.
      if (!signal.aborted) this.#config = null;
    }
  }

  /** Starts the session, and goes to its page, which sends the prompt. */
  async start(): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    this.problem = null;
    try {
      const { id } = await pier.rest.create(this.#request());
      const text = this.text.trim();
      if (text !== "") setFirstPrompt(id, { text });
      await goto(pageAt(`/session/${id}`));
    } catch (error) {
      this.problem = problemOf(error);
    }
    this.isStarting = false;
  }

  /** Approves the .envrc that kept the session from starting, and tries again. */
  async allowAndRetry(): Promise<void> {
    if (this.problem?.asks !== "envrc") return;
    try {
      await pier.rest.allowDirenv(this.problem.path);
    } catch (error) {
      this.problem = problemOf(error);
      return;
    }
    await this.start();
  }

  /** Tries again without the .envrc. */
  async startWithoutEnvrc(): Promise<void> {
    this.useDirenv = false;
    await this.start();
  }

  /** Tries again, and says whether the project's set-up command may run. */
  async startWithSetup(answer: "run" | "skip"): Promise<void> {
    this.#setup = answer;
    await this.start();
    // It was said of this command: another one is asked about again.
    this.#setup = null;
  }

  #request(): CreateSession {
    const { model, thinking, place } = this;
    const name = this.name.trim();
    const branch = this.branch.trim();
    return {
      working_dir: this.folder.trim(),
      ephemeral: this.isEphemeral,
      use_direnv: this.useDirenv,
      workspace: {
        mode: place,
        ...(place === "worktree" && branch !== "" && { branch }),
        ...(place === "worktree" && this.#setup && { setup: this.#setup }),
      },
      ...(name !== "" && { name }),
      ...(model && { provider: model.provider, model: model.id }),
      ...(thinking !== null && { thinking_level: thinking }),
    };
  }

  get #home(): string | undefined {
    return pier.me?.server.home;
  }

  get #resembled() {
    return sessionList.sessions.find(({ id }) => id === this.#like);
  }

  readonly #defaults = $derived(
    defaultsFor(
      this.path,
      sessionList.sessions,
      this.#config?.folder === this.path ? this.#config.config : null,
      this.#resembled,
    ),
  );
}

function problemOf(error: unknown): StartProblem {
  const words = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RestError) || error.path === undefined) return { words, asks: null, path: "" };
  const { code, path } = error;
  return { words, asks: code === "DIRENV_BLOCKED" ? "envrc" : code === "SETUP_BLOCKED" ? "setup" : null, path };
}
