import type {
  AllowedDirenv,
  AuditLine,
  BranchedSession,
  BranchSession,
  CreateSession,
  FolderCompletions,
  FolderListing,
  ForkMessage,
  FoundFiles,
  FoundMessages,
  HistoryPage,
  ListedDevice,
  ListSessions,
  Me,
  ModelRecord,
  PairingRecord,
  RemovedSession,
  Scope,
  SessionRecord,
  UpdateSession,
  UploadRecord,
  Window,
  WorkspaceConfig,
  WorkspaceConfigAnswer,
  WorktreeState,
} from "@pier/protocol";
import { ClientError } from "./client-error.ts";
import { restAddress } from "./connection/address.ts";
import { parseJson, restError } from "./rest-answer.ts";
import { queryOf, sessionPath } from "./rest-path.ts";
import { sendForm, type UploadFile, type UploadOptions } from "./send-form.ts";

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

export interface HistoryOptions extends RequestOptions {
  /** Names the page; the last one without it. */
  before?: string;
  window?: Window;
}

export interface SearchOptions extends RequestOptions {
  /** At most so many; 50 without it. */
  limit?: number;
}

export interface RemoveWorktreeOptions extends RequestOptions {
  /** Removes the folder only. */
  keepBranch?: boolean;
}

export interface RemoveOptions extends RequestOptions {
  /** Deletes the session's file instead of moving it to the trash. */
  permanent?: boolean;
}

export interface SearchMessages extends SearchOptions {
  before?: string;
}

export interface SessionPage {
  sessions: SessionRecord[];
  total: number;
}

/** A page of a transcript, oldest message first. */
export type RestHistory = Pick<HistoryPage, "messages" | "before">;

/**
 * Sessions over REST: what is not a stream. Every method throws a RestError with the daemon's code and message, or a
 * ClientError `CONNECTION_LOST` when there is no daemon.
 */
export class RestClient {
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

  /** Who this device is, and what answers. */
  me(options: RequestOptions = {}): Promise<Me> {
    return this.#json("GET", "api/me", options);
  }

  /** Exchanges a pairing code, or the secret of a link, for this browser's cookie. */
  async pair(code: string, name: string, options: RequestOptions = {}): Promise<void> {
    await this.#request("POST", "api/pair", options, { code, name });
  }

  /** Gives this device's credential back. */
  async logout(options: RequestOptions = {}): Promise<void> {
    await this.#request("POST", "api/logout", options);
  }

  /** The devices that may come in; for admins. */
  devices(options: RequestOptions = {}): Promise<ListedDevice[]> {
    return this.#json("GET", "api/devices", options);
  }

  /** Takes a device's credential away; its connections end at once. */
  async revoke(device: string, options: RequestOptions = {}): Promise<void> {
    await this.#request("DELETE", `api/devices/${encodeURIComponent(device)}`, options);
  }

  /** A code and a link that let one more device in, once. */
  mintPairing(scope: Scope, options: RequestOptions = {}): Promise<PairingRecord> {
    return this.#json("POST", "api/pairing", options, { scope });
  }

  /** Who did what from where, the newest first. */
  audit(count: number, options: RequestOptions = {}): Promise<AuditLine[]> {
    return this.#json("GET", `api/audit${queryOf({ count })}`, options);
  }

  /** The models that pi can use; right after the daemon's start the answer waits until pi listed them. */
  models(options: RequestOptions = {}): Promise<ModelRecord[]> {
    return this.#json("GET", "api/models", options);
  }

  list(options: RequestOptions = {}): Promise<SessionRecord[]> {
    return this.#json("GET", "api/sessions", options);
  }

  /** Some of the sessions, the last active one first, and how many there are in all. */
  async listPage(query: ListSessions, options: RequestOptions = {}): Promise<SessionPage> {
    const response = await this.#request("GET", `api/sessions${queryOf(query)}`, options);
    const sessions = await parseJson<SessionRecord[]>(response, "GET api/sessions");
    return { sessions, total: Number(response.headers.get("x-total-count") ?? sessions.length) };
  }

  create(session: CreateSession, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("POST", "api/sessions", options, session);
  }

  get(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("GET", sessionPath(id), options);
  }

  /** Names a session; when pi runs, it hears of it. */
  rename(id: string, name: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("PATCH", sessionPath(id), options, { name });
  }

  /** Renames a session, or says whether its Markdown is to be rendered. */
  update(id: string, change: UpdateSession, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("PATCH", sessionPath(id), options, change);
  }

  /** Ends pi and deletes the session; its file goes to the trash where there is one, unless it is to be gone for good. */
  remove(id: string, { permanent, ...options }: RemoveOptions = {}): Promise<RemovedSession> {
    return this.#json("DELETE", `${sessionPath(id)}${queryOf({ permanent: permanent ? "true" : undefined })}`, options);
  }

  /** Says that a person saw how the last turn ended: the session's attention is over, unless it asks a question. */
  markRead(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("POST", `${sessionPath(id)}/read`, options);
  }

  /** Ends pi and closes the session. */
  kill(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("POST", `${sessionPath(id)}/kill`, options);
  }

  /** Starts pi again for a closed session. */
  resume(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#json("POST", `${sessionPath(id)}/resume`, options);
  }

  /** The user's messages from which a session can be branched. */
  forkMessages(id: string, options: RequestOptions = {}): Promise<ForkMessage[]> {
    return this.#json("GET", `${sessionPath(id)}/fork-messages`, options);
  }

  /** A new live session that goes on before a message of this one; the message's text comes along, to be sent anew. */
  branch(id: string, from: BranchSession, options: RequestOptions = {}): Promise<BranchedSession> {
    return this.#json("POST", `${sessionPath(id)}/branch`, options, from);
  }

  /** The limits of this daemon, such as what may be uploaded. Those of the wire are in `welcome` too. */
  limits(options: RequestOptions = {}): Promise<Record<string, number>> {
    return this.#json("GET", "api/limits", options);
  }

  /** The files that are attached to a session. */
  uploads(id: string, options: RequestOptions = {}): Promise<UploadRecord[]> {
    return this.#json("GET", `${sessionPath(id)}/uploads`, options);
  }

  /** Attaches files to a session that has answered once: all of them, or none. Their ids go into a prompt. */
  async upload(id: string, files: readonly UploadFile[], options: UploadOptions = {}): Promise<UploadRecord[]> {
    const form = new FormData();
    for (const { name, content } of files) form.append("files", content, name);
    const address = new URL(`${sessionPath(id)}/uploads`, this.#base).href;
    const headers = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const response = await sendForm({ address, form, headers, fetch: this.#fetch, ...options });
    if (!response.ok) throw await restError(response);
    return (await response.json()) as UploadRecord[];
  }

  /** Where an attached file is served; a browser may name it in an image. */
  uploadAddress(id: string, upload: string): string {
    return new URL(`${sessionPath(id)}/uploads/${encodeURIComponent(upload)}`, this.#base).href;
  }

  /** Takes an attached file back that no prompt names yet. */
  async removeUpload(id: string, upload: string, options: RequestOptions = {}): Promise<void> {
    await this.#request("DELETE", `${sessionPath(id)}/uploads/${encodeURIComponent(upload)}`, options);
  }

  history(id: string, { before, window, ...options }: HistoryOptions = {}): Promise<RestHistory> {
    return this.#json("GET", `${sessionPath(id)}/history${queryOf({ before, ...window })}`, options);
  }

  /** Messages of a session in which a text stands, the newest first; `before` of the last answer goes on. */
  search(id: string, query: string, options: SearchMessages = {}): Promise<FoundMessages> {
    const { limit, before, ...rest } = options;
    return this.#json("GET", `${sessionPath(id)}/search${queryOf({ query, limit, before })}`, rest);
  }

  /** What a folder of the daemon's machine holds; the home folder without a path. */
  listFolder(path?: string, options: RequestOptions = {}): Promise<FolderListing> {
    return this.#json("GET", `api/fs/list${queryOf({ path })}`, options);
  }

  /** Folders whose path begins with what was typed. */
  completeFolder(prefix: string, options: RequestOptions = {}): Promise<FolderCompletions> {
    return this.#json("GET", `api/fs/complete${queryOf({ prefix })}`, options);
  }

  /** Files and folders of a session's folder, the best fit first. */
  searchFiles(id: string, query: string, { limit, ...options }: SearchOptions = {}): Promise<FoundFiles> {
    return this.#json("GET", `${sessionPath(id)}/files${queryOf({ query, limit })}`, options);
  }

  /** Approves an .envrc, or that of a folder, for direnv. */
  allowDirenv(path: string, options: RequestOptions = {}): Promise<AllowedDirenv> {
    return this.#json("POST", "api/direnv/allow", options, { path });
  }

  /** What a project's `.pier/workspace.toml` says. */
  workspaceConfig(path: string, options: RequestOptions = {}): Promise<WorkspaceConfigAnswer> {
    return this.#json("GET", `api/workspace/config${queryOf({ path })}`, options);
  }

  saveWorkspaceConfig(
    path: string,
    config: WorkspaceConfig,
    options: RequestOptions = {},
  ): Promise<WorkspaceConfigAnswer> {
    return this.#json("PUT", "api/workspace/config", options, { path, config });
  }

  /** What would be lost with the worktree that was made for a session. */
  worktree(id: string, options: RequestOptions = {}): Promise<WorktreeState> {
    return this.#json("GET", `${sessionPath(id)}/worktree`, options);
  }

  /** Removes the worktree of a closed session, and its branch unless that is kept. Refused where work would be lost. */
  async removeWorktree(id: string, { keepBranch, ...options }: RemoveWorktreeOptions = {}): Promise<void> {
    await this.#request("DELETE", `${sessionPath(id)}/worktree${queryOf({ keep_branch: keepBranch })}`, options);
  }

  /** Sends a prompt again that pi did not save before it ended, or forgets it. */
  async settleOffer(
    id: string,
    prompt: string,
    action: "send" | "dismiss",
    options: RequestOptions = {},
  ): Promise<void> {
    await this.#request("POST", `${sessionPath(id)}/offered/${encodeURIComponent(prompt)}`, options, { action });
  }

  /**
   * The whole of a string that was elided.
   *
   * @throws ClientError `BAD_ADDRESS` when the address leads away from the daemon: it would get the token
   */
  async body({ href }: { href: string }, options: RequestOptions = {}): Promise<string> {
    return (await this.#request("GET", href, options)).text();
  }

  async #json<T>(method: string, path: string, options: RequestOptions, body?: unknown): Promise<T> {
    return parseJson(await this.#request(method, path, options, body), `${method} ${path}`);
  }

  async #request(method: string, path: string, { signal }: RequestOptions, body?: unknown): Promise<Response> {
    const address = new URL(path, this.#base);
    if (!address.href.startsWith(this.#base)) {
      throw new ClientError("BAD_ADDRESS", `"${path}" leads away from the daemon at ${this.#base}.`);
    }
    const headers: Record<string, string> = {
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
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
}
