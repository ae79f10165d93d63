import { limits, type Payload } from "@pier/protocol";
import type { AgentLauncher, ShellProcess, ShellSettings } from "./agent-process.ts";
import type { AgentRun } from "./agent-run.ts";
import { errorSentence } from "./error-sentence.ts";
import { noteLine } from "./notes.ts";

/** What a direct shell command ended in, as pi's own replies say it. */
export interface ShellResult {
  output: string;
  exitCode?: number;
  cancelled: boolean;
  truncated: boolean;
}

export interface OwnShellOptions {
  launcher: AgentLauncher;
  settings: ShellSettings;
  onError: (error: unknown) => void;
}

/**
 * Runs the shell commands that a pi would show to the model though it is told not to. Notes give them a place in the
 * journal, so clients see them as they see those that pi runs.
 */
export class OwnShell {
  readonly #options: OwnShellOptions;
  readonly #running = new Map<string, ShellProcess>();
  /** Commands that were ended. */
  readonly #ended = new Set<string>();

  constructor(options: OwnShellOptions) {
    this.#options = options;
  }

  /** Runs a command; its reply comes through the journal. @throws PierError `PI_EXITED` when it could not be noted */
  async run(run: AgentRun, id: string, command: string): Promise<void> {
    await run.write(`${noteLine({ note: "bash", id, command, excludeFromContext: true })}\n`);
    void this.#run(run, id, command).catch(this.#options.onError);
  }

  /** Ends those that run. */
  abort(): void {
    for (const [id, shell] of this.#running) {
      this.#ended.add(id);
      shell.kill();
    }
  }

  /** Ends what an earlier daemon ran: it went with it. */
  onRecovered(run: AgentRun): void {
    if (run.process.hidesShell) return;
    for (const { id, output, excludeFromContext } of run.fold.live.bash.values()) {
      if (excludeFromContext)
        this.#end(run, id, { output, cancelled: true, truncated: false }).catch(this.#options.onError);
    }
  }

  async #run(run: AgentRun, id: string, command: string): Promise<void> {
    const { launcher, settings } = this.#options;
    let output = "";
    let length = 0;
    try {
      const shell = await launcher.shell(settings, command);
      this.#running.set(id, shell);
      for await (const delta of shell.output) {
        output = (output + delta).slice(-limits.bashOutput);
        length += delta.length;
        // Awaited: a command that writes faster than pi repeats it waits.
        await run.write(`${noteLine({ note: "output", id, delta })}\n`);
      }
      const exitCode = await shell.exited;
      const cancelled = this.#ended.has(id);
      const truncated = length > output.length;
      await this.#end(run, id, { output, ...(exitCode !== null && !cancelled && { exitCode }), cancelled, truncated });
    } catch (error) {
      this.#running.get(id)?.kill();
      await this.#end(run, id, { output: output + errorSentence(error), cancelled: true, truncated: false });
    } finally {
      this.#running.delete(id);
      this.#ended.delete(id);
    }
  }

  async #end(run: AgentRun, id: string, data: ShellResult): Promise<void> {
    await run.write(`${noteLine({ note: "shell", id, data })}\n`);
  }
}

/** The reply that pi would have given. */
export function shellReply(id: string, data: ShellResult): Payload {
  return { id, type: "response", command: "bash", success: true, data };
}
