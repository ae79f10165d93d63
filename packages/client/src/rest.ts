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
import { parseJson } from "./rest-answer.ts";
import { queryOf, sessionPath } from "./rest-path.ts";
import { type RequestOptions, type RestOptions, RestRequests } from "./rest-requests.ts";
import type { UploadFile, UploadOptions } from "./send-form.ts";

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
  readonly #requests: RestRequests;

  /** @throws ClientError `BAD_ADDRESS` */
  constructor(options: RestOptions) {
    this.#requests = new RestRequests(options);
  }

  /** Who this device is, and what answers. */
  me(options: RequestOptions = {}): Promise<Me> {
    return this.#requests.json("GET", "api/me", options);
  }

  /** Exchanges a pairing code, or the secret of a link, for this browser's cookie. */
  async pair(code: string, name: string, options: RequestOptions = {}): Promise<void> {
    await this.#requests.send("POST", "api/pair", options, { code, name });
  }

  /** Gives this device's credential back. */
  async logout(options: RequestOptions = {}): Promise<void> {
    await this.#requests.send("POST", "api/logout", options);
  }

  /** The devices that may come in; for admins. */
  devices(options: RequestOptions = {}): Promise<ListedDevice[]> {
    return this.#requests.json("GET", "api/devices", options);
  }

  /** Takes a device's credential away; its connections end at once. */
  async revoke(device: string, options: RequestOptions = {}): Promise<void> {
    await this.#requests.send("DELETE", `api/devices/${encodeURIComponent(device)}`, options);
  }

  /** A code and a link that let one more device in, once. */
  mintPairing(scope: Scope, options: RequestOptions = {}): Promise<PairingRecord> {
    return this.#requests.json("POST", "api/pairing", options, { scope });
  }

  /** Who did what from where, the newest first. */
  audit(count: number, options: RequestOptions = {}): Promise<AuditLine[]> {
    return this.#requests.json("GET", `api/audit${queryOf({ count })}`, options);
  }

  /** The models that pi can use; right after the daemon's start the answer waits until pi listed them. */
  models(options: RequestOptions = {}): Promise<ModelRecord[]> {
    return this.#requests.json("GET", "api/models", options);
  }

  list(options: RequestOptions = {}): Promise<SessionRecord[]> {
    return this.#requests.json("GET", "api/sessions", options);
  }

  /** Some of the sessions, the last active one first, and how many there are in all. */
  async listPage(query: ListSessions, options: RequestOptions = {}): Promise<SessionPage> {
    const response = await this.#requests.send("GET", `api/sessions${queryOf(query)}`, options);
    const sessions = await parseJson<SessionRecord[]>(response, "GET api/sessions");
    return { sessions, total: Number(response.headers.get("x-total-count") ?? sessions.length) };
  }

  create(session: CreateSession, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("POST", "api/sessions", options, session);
  }

  get(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("GET", sessionPath(id), options);
  }

  /** Names a session; when pi runs, it hears of it. */
  rename(id: string, name: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("PATCH", sessionPath(id), options, { name });
  }

  /** Renames a session, or says whether its Markdown is to be rendered. */
  update(id: string, change: UpdateSession, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("PATCH", sessionPath(id), options, change);
  }

  /** Ends pi and deletes the session; its file goes to the trash where there is one, unless it is to be gone for good. */
  remove(id: string, { permanent, ...options }: RemoveOptions = {}): Promise<RemovedSession> {
    return this.#requests.json(
      "DELETE",
      `${sessionPath(id)}${queryOf({ permanent: permanent ? "true" : undefined })}`,
      options,
    );
  }

  /** Says that a person saw how the last turn ended: the session's attention is over, unless it asks a question. */
  markRead(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("POST", `${sessionPath(id)}/read`, options);
  }

  /** Ends pi and closes the session. */
  kill(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("POST", `${sessionPath(id)}/kill`, options);
  }

  /** Starts pi again for a closed session. */
  resume(id: string, options: RequestOptions = {}): Promise<SessionRecord> {
    return this.#requests.json("POST", `${sessionPath(id)}/resume`, options);
  }

  /** The user's messages from which a session can be branched. */
  forkMessages(id: string, options: RequestOptions = {}): Promise<ForkMessage[]> {
    return this.#requests.json("GET", `${sessionPath(id)}/fork-messages`, options);
  }

  /** A new live session that goes on before a message of this one; the message's text comes along, to be sent anew. */
  branch(id: string, from: BranchSession, options: RequestOptions = {}): Promise<BranchedSession> {
    return this.#requests.json("POST", `${sessionPath(id)}/branch`, options, from);
  }

  /** The limits of this daemon, such as what may be uploaded. Those of the wire are in `welcome` too. */
  limits(options: RequestOptions = {}): Promise<Record<string, number>> {
    return this.#requests.json("GET", "api/limits", options);
  }

  /** The files that are attached to a session. */
  uploads(id: string, options: RequestOptions = {}): Promise<UploadRecord[]> {
    return this.#requests.json("GET", `${sessionPath(id)}/uploads`, options);
  }

  /** Attaches files to a session that has answered once: all of them, or none. Their ids go into a prompt. */
  async upload(id: string, files: readonly UploadFile[], options: UploadOptions = {}): Promise<UploadRecord[]> {
    const form = new FormData();
    for (const { name, content } of files) form.append("files", content, name);
    return this.#requests.form(`${sessionPath(id)}/uploads`, form, options);
  }

  /** Where an attached file is served; a browser may name it in an image. */
  uploadAddress(id: string, upload: string): string {
    return this.#requests.address(`${sessionPath(id)}/uploads/${encodeURIComponent(upload)}`).href;
  }

  /** Takes an attached file back that no prompt names yet. */
  async removeUpload(id: string, upload: string, options: RequestOptions = {}): Promise<void> {
    await this.#requests.send("DELETE", `${sessionPath(id)}/uploads/${encodeURIComponent(upload)}`, options);
  }

  history(id: string, { before, window, ...options }: HistoryOptions = {}): Promise<RestHistory> {
    return this.#requests.json("GET", `${sessionPath(id)}/history${queryOf({ before, ...window })}`, options);
  }

  /** Messages of a session in which a text stands, the newest first; `before` of the last answer goes on. */
  search(id: string, query: string, options: SearchMessages = {}): Promise<FoundMessages> {
    const { limit, before, ...rest } = options;
    return this.#requests.json("GET", `${sessionPath(id)}/search${queryOf({ query, limit, before })}`, rest);
  }

  /** What a folder of the daemon's machine holds; the home folder without a path. */
  listFolder(path?: string, options: RequestOptions = {}): Promise<FolderListing> {
    return this.#requests.json("GET", `api/fs/list${queryOf({ path })}`, options);
  }

  /** Folders whose path begins with what was typed. */
  completeFolder(prefix: string, options: RequestOptions = {}): Promise<FolderCompletions> {
    return this.#requests.json("GET", `api/fs/complete${queryOf({ prefix })}`, options);
  }

  /** Files and folders of a session's folder, the best fit first. */
  searchFiles(id: string, query: string, { limit, ...options }: SearchOptions = {}): Promise<FoundFiles> {
    return this.#requests.json("GET", `${sessionPath(id)}/files${queryOf({ query, limit })}`, options);
  }

  /** Approves an .envrc, or that of a folder, for direnv. */
  allowDirenv(path: string, options: RequestOptions = {}): Promise<AllowedDirenv> {
    return this.#requests.json("POST", "api/direnv/allow", options, { path });
  }

  /** What a project's `.pier/workspace.toml` says. */
  workspaceConfig(path: string, options: RequestOptions = {}): Promise<WorkspaceConfigAnswer> {
    return this.#requests.json("GET", `api/workspace/config${queryOf({ path })}`, options);
  }

  saveWorkspaceConfig(
    path: string,
    config: WorkspaceConfig,
    options: RequestOptions = {},
  ): Promise<WorkspaceConfigAnswer> {
    return this.#requests.json("PUT", "api/workspace/config", options, { path, config });
  }

  /** What would be lost with the worktree that was made for a session. */
  worktree(id: string, options: RequestOptions = {}): Promise<WorktreeState> {
    return this.#requests.json("GET", `${sessionPath(id)}/worktree`, options);
  }

  /** Removes the worktree of a closed session, and its branch unless that is kept. Refused where work would be lost. */
  async removeWorktree(id: string, { keepBranch, ...options }: RemoveWorktreeOptions = {}): Promise<void> {
    await this.#requests.send("DELETE", `${sessionPath(id)}/worktree${queryOf({ keep_branch: keepBranch })}`, options);
  }

  /** Sends a prompt again that pi did not save before it ended, or forgets it. */
  async settleOffer(
    id: string,
    prompt: string,
    action: "send" | "dismiss",
    options: RequestOptions = {},
  ): Promise<void> {
    await this.#requests.send("POST", `${sessionPath(id)}/offered/${encodeURIComponent(prompt)}`, options, { action });
  }

  /**
   * The whole of a string that was elided.
   *
   * @throws ClientError `BAD_ADDRESS` when the address leads away from the daemon: it would get the token
   */
  async body({ href }: { href: string }, options: RequestOptions = {}): Promise<string> {
    return (await this.#requests.send("GET", href, options)).text();
  }
}
