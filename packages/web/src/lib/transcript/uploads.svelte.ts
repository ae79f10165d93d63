import type { RestClient } from "@pier/client";
import { SvelteMap } from "svelte/reactivity";

/** Where the attached files of a session can be had from; asked for when the first one is shown. */
export class Uploads {
  readonly #rest: Pick<RestClient, "uploads" | "uploadAddress">;
  readonly #session: string;
  readonly #addresses = new SvelteMap<string, string>();
  #asked: Promise<void> | null = null;

  constructor(rest: Pick<RestClient, "uploads" | "uploadAddress">, session: string) {
    this.#rest = rest;
    this.#session = session;
  }

  /** The address of a file that a prompt names; null while it is not known, or when it is gone. */
  addressOf(path: string): string | null {
    // Below the shared folder a file lies under its hash and its name.
    const key = path.split(/[/\\]/).slice(-2).join("/");
    const address = this.#addresses.get(key) ?? null;
    if (address === null) void this.#ask();
    return address;
  }

  #ask(): Promise<void> {
    return (this.#asked ??= this.#rest.uploads(this.#session).then(
      (records) => {
        for (const { id, sha256, name } of records) {
          this.#addresses.set(`${sha256}/${name}`, this.#rest.uploadAddress(this.#session, id));
        }
      },
      // Without addresses the files are named all the same.
      () => {},
    ));
  }
}
