import type { RestClient } from "@pier/client";
import type { Body } from "@pier/protocol";
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { attempt } from "#lib/ui/toasts.svelte.ts";

/** Strings that were too large to come with their messages, fetched when somebody wants to see them. */
export class Bodies {
  readonly #rest: Pick<RestClient, "body">;
  readonly #whole = new SvelteMap<string, string>();
  readonly #loading = new SvelteSet<string>();

  constructor(rest: Pick<RestClient, "body">) {
    this.#rest = rest;
  }

  /** The whole of a body, if it is here. */
  whole(body: Body): string | undefined {
    if (typeof body === "string") return body;
    return body.href === null ? undefined : this.#whole.get(body.href);
  }

  isLoading(body: Body): boolean {
    return typeof body !== "string" && body.href !== null && this.#loading.has(body.href);
  }

  /** Resolves with the whole of a body; with undefined when it could not be had, which was said then. */
  async fetch(body: Body): Promise<string | undefined> {
    const known = this.whole(body);
    if (known !== undefined || typeof body === "string" || body.href === null) return known;
    const { href } = body;
    this.#loading.add(href);
    await attempt(async () => this.#whole.set(href, await this.#rest.body({ href })));
    this.#loading.delete(href);
    return this.#whole.get(href);
  }
}
