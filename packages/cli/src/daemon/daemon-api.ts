import { ClientError, restAddress, RestClient, RestError } from "@pier/client";
import type { ListedDevice, Me, ModelRecord, PairingRecord, Scope, SessionRecord } from "@pier/protocol";
import { CliError } from "../cli-error.ts";
import { limits } from "../limits.ts";
import { fetchOf } from "../transport/fetch-of.ts";
import type { Access } from "./access.ts";

/** What the command line asks a daemon over REST. Every method throws a CliError, or a RestError with the daemon's words. */
export class DaemonApi {
  /** Sessions. */
  readonly sessions: RestClient;
  readonly url: string;
  readonly #access: Access;
  readonly #fetch: typeof fetch;

  /** @param wait ms until an answer must begin; the usual limit when absent */
  constructor(access: Access, wait?: number) {
    const { url, token } = access;
    this.url = url;
    this.#access = access;
    this.#fetch = fetchOf(access, wait);
    this.sessions = new RestClient({ url, fetch: this.#fetch, ...(token !== undefined && { token }) });
  }

  /** All sessions, soon or not at all; those of plain pi, which may be thousands, only when asked for. */
  async listSessions({ plain = false } = {}): Promise<SessionRecord[]> {
    const { url } = this;
    const rest = new RestClient({
      url,
      fetch: fetchOf(this.#access, limits.probe),
      ...(this.#access.token !== undefined && { token: this.#access.token }),
    });
    const { sessions } = await rest.listPage(plain ? {} : { origin: "pier" });
    if (Array.isArray(sessions)) return sessions;
    throw new ClientError("BAD_FRAME", `${url} answered something that is no list of sessions.`);
  }

  me(): Promise<Me> {
    return this.#json("GET", "api/me");
  }

  models(): Promise<ModelRecord[]> {
    return this.#json("GET", "api/models");
  }

  devices(): Promise<ListedDevice[]> {
    return this.#json("GET", "api/devices");
  }

  async revoke(id: string): Promise<void> {
    await this.#send("DELETE", `api/devices/${encodeURIComponent(id)}`);
  }

  mintPairing(options: { scope: Scope; name?: string }): Promise<PairingRecord> {
    return this.#json("POST", "api/pairing", options);
  }

  /** Takes a pairing code, or the secret of a link, for a token. */
  exchangePairing(code: string, name: string): Promise<{ token: string; device: { name: string; scope: Scope } }> {
    return this.#json("POST", "api/pair", { code, kind: "token", name });
  }

  async logs(session: string): Promise<string> {
    const { logs } = await this.#json<{ logs: string }>("GET", `api/sessions/${encodeURIComponent(session)}/logs`);
    return logs;
  }

  async stop(): Promise<void> {
    await this.#send("POST", "api/daemon/stop", {});
  }

  async #json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.#send(method, path, body);
    const value: unknown = await response.json().catch(() => null);
    if (typeof value !== "object" || value === null) {
      throw new CliError(`${this.url} answered something that is not JSON: is it a Pier daemon?`);
    }
    return value as T;
  }

  async #send(method: string, path: string, body?: object): Promise<Response> {
    const { token } = this.#access;
    let response: Response;
    try {
      response = await this.#fetch(new URL(path, restAddress(this.url)), {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new ClientError("CONNECTION_LOST", `${method} ${path} could not be sent: ${String(cause)}.`, { cause });
    }
    if (response.ok) return response;
    const { error } = ((await response.json().catch(() => null)) ?? {}) as {
      error?: { code?: string; message?: string };
    };
    const message =
      error?.message ?? `${this.url} answered ${method} ${path} with status ${response.status}: is it a Pier daemon?`;
    throw new RestError(response.status, error?.code ?? "INTERNAL", message);
  }
}
