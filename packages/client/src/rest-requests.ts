import { ClientError } from "./client-error.ts";
import { restAddress } from "./connection/address.ts";
import { parseJson, restError } from "./rest-answer.ts";
import { sendForm, type UploadOptions } from "./send-form.ts";

export interface RestOptions {
  /** The same address that `connect` takes. */
  url: string | URL;
  /** Sent as a bearer token. Browsers have a cookie instead. */
  token?: string;
  fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  signal?: AbortSignal;
}

/** Sends requests to one daemon, and nowhere else. */
export class RestRequests {
  readonly #base: string;
  readonly #token: string | undefined;
  readonly #fetch: typeof globalThis.fetch;

  /** @throws ClientError `BAD_ADDRESS` */
  constructor({ url, token, fetch }: RestOptions) {
    this.#base = restAddress(url);
    this.#token = token;
    // Called without a receiver: browsers refuse a fetch that belongs to another object.
    this.#fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  /** @throws ClientError `BAD_ADDRESS` when a path leads away from the daemon: it would get the token */
  address(path: string): URL {
    const address = new URL(path, this.#base);
    if (!address.href.startsWith(this.#base)) {
      throw new ClientError("BAD_ADDRESS", `"${path}" leads away from the daemon at ${this.#base}.`);
    }
    return address;
  }

  async json<T>(method: string, path: string, options: RequestOptions, body?: unknown): Promise<T> {
    return parseJson(await this.send(method, path, options, body), `${method} ${path}`);
  }

  async send(method: string, path: string, { signal }: RequestOptions, body?: unknown): Promise<Response> {
    const address = this.address(path);
    const headers = { ...this.#credential(), ...(body !== undefined && { "content-type": "application/json" }) };
    let response: Response;
    try {
      response = await this.#fetch(address.href, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new ClientError("CONNECTION_LOST", `${method} ${address.pathname} could not be sent: ${String(cause)}.`, {
        cause,
      });
    }
    if (!response.ok) throw await restError(response);
    return response;
  }

  async form<T>(path: string, form: FormData, options: UploadOptions): Promise<T> {
    const address = this.address(path).href;
    const response = await sendForm({ address, form, headers: this.#credential(), fetch: this.#fetch, ...options });
    if (!response.ok) throw await restError(response);
    return parseJson(response, `POST ${path}`);
  }

  #credential(): Record<string, string> {
    return this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
  }
}
