import { RestError } from "@pier/client";

export interface AllowingEnvrcOptions {
  /** Approves the file. */
  allow(envrc: string): Promise<void>;
  confirm(question: { title: string; message: string }): Promise<boolean>;
}

/**
 * Starts something for which direnv may want an .envrc approved first: then the person is asked for that, and it is tried
 * again.
 *
 * @returns null when the person does not want the file to run
 */
export async function allowingEnvrc<T>(start: () => Promise<T>, options: AllowingEnvrcOptions): Promise<T | null> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof RestError) || error.code !== "DIRENV_BLOCKED" || error.path === undefined) throw error;
    const message = `${error.message}\ndirenv would run ${error.path} before pi starts: allow it only if you know what is in it.`;
    if (!(await options.confirm({ title: "Allow this folder's environment?", message }))) return null;
    await options.allow(error.path);
  }
  return allowingEnvrc(start, options);
}
