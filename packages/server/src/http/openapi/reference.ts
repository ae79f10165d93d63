import {
  AllowedDirenv,
  BranchedSession,
  DeviceRecord,
  FolderCompletions,
  FolderListing,
  ForkMessage,
  FoundFiles,
  FoundMessages,
  Me,
  ModelRecord,
  RemovedSession,
  scopes,
  SessionRecord,
  UploadRecord,
  WorkspaceConfigAnswer,
  WorktreeState,
} from "@pier/protocol";
import Type, { type TSchema } from "typebox";
import { AuditRecord } from "../../store/index.ts";

/** What the reference says of one route. */
export interface Described {
  tag: string;
  summary: string;
  /** Its status when all is well; 200 without it. */
  status?: number;
  /** Its answer; nothing where there is no body. */
  answer?: TSchema;
  /** What its answer is written in; JSON without it. */
  media?: string;
  /** What it takes where that is not JSON. */
  body?: Record<string, { schema: TSchema }>;
}

const device = Type.Object({ id: Type.String(), name: Type.String(), scope: Type.Enum([...scopes]) });
const history = Type.Object({
  messages: Type.Array(Type.Object({ key: Type.String(), message: Type.Object({ role: Type.String() }) })),
  before: Type.Optional(Type.String({ description: "asks for the page before; absent at the beginning" })),
});

/** Every route of the API with what it does and what it answers; a test holds it against the routes there are. */
export const reference: Readonly<Record<string, Described>> = {
  "GET /api/sessions": {
    tag: "Sessions",
    summary: "List sessions, the latest active first; X-Total-Count says how many fit.",
    answer: Type.Array(SessionRecord),
  },
  "POST /api/sessions": {
    tag: "Sessions",
    summary: "Start a session. When pi ends at once, its own words are the error (409).",
    status: 201,
    answer: SessionRecord,
  },
  "GET /api/sessions/{id}": { tag: "Sessions", summary: "One session.", answer: SessionRecord },
  "PATCH /api/sessions/{id}": {
    tag: "Sessions",
    summary: "Name a session, or say whether its Markdown is rendered.",
    answer: SessionRecord,
  },
  "POST /api/sessions/{id}/kill": { tag: "Sessions", summary: "End pi and close the session.", answer: SessionRecord },
  "POST /api/sessions/{id}/resume": {
    tag: "Sessions",
    summary: "Start pi again for a closed session; 409 with the reason when that fails.",
    answer: SessionRecord,
  },
  "DELETE /api/sessions/{id}": {
    tag: "Sessions",
    summary: "End pi and delete the session; its file goes to the trash where there is one.",
    answer: RemovedSession,
  },
  "POST /api/sessions/{id}/read": {
    tag: "Sessions",
    summary: "Somebody saw how it ended: it does not need anybody any more.",
    answer: SessionRecord,
  },
  "GET /api/sessions/{id}/history": {
    tag: "Conversations",
    summary: "A page of the transcript, bounded in bytes; works without a process.",
    answer: history,
  },
  "GET /api/sessions/{id}/search": {
    tag: "Conversations",
    summary: "Find words in a session, the newest message first.",
    answer: FoundMessages,
  },
  "GET /api/sessions/{id}/bodies/{key}": {
    tag: "Conversations",
    summary: "The whole of a string that was elided in a transcript.",
    answer: Type.String(),
    media: "text/plain",
  },
  "GET /api/sessions/{id}/logs": {
    tag: "Conversations",
    summary: "The end of what pi wrote to stderr.",
    answer: Type.Object({ logs: Type.String() }),
  },
  "POST /api/sessions/{id}/offered/{prompt}": {
    tag: "Conversations",
    summary: "Send a prompt again that pi did not save before it ended, or forget it.",
    status: 204,
  },
  "GET /api/sessions/{id}/fork-messages": {
    tag: "Branches",
    summary: "The messages before which the session can be branched.",
    answer: Type.Array(ForkMessage),
  },
  "POST /api/sessions/{id}/branch": {
    tag: "Branches",
    summary: "A new live session that goes on before a message; the source stays as it is.",
    status: 201,
    answer: BranchedSession,
  },
  "GET /api/sessions/{id}/files": {
    tag: "Files",
    summary: "Files of the session's folder that fit what was typed, the best first.",
    answer: FoundFiles,
  },
  "GET /api/limits": {
    tag: "Files",
    summary: "What the daemon takes at the most; to be asked before an upload begins.",
    answer: Type.Record(Type.String(), Type.Number()),
  },
  "GET /api/sessions/{id}/uploads": {
    tag: "Files",
    summary: "The files attached to a session.",
    answer: Type.Array(UploadRecord),
  },
  "POST /api/sessions/{id}/uploads": {
    tag: "Files",
    summary:
      "Attach files: streamed to disk, stored once by content. Needs a session file, so a first answer (409 before).",
    status: 201,
    answer: Type.Array(UploadRecord),
    body: {
      "multipart/form-data": {
        schema: Type.Object({ files: Type.Array(Type.Object({}, { contentMediaType: "application/octet-stream" })) }),
      },
    },
  },
  "GET /api/sessions/{id}/uploads/{upload}": {
    tag: "Files",
    summary: "One of them: images to show, everything else as a download.",
    answer: Type.String(),
    media: "application/octet-stream",
  },
  "DELETE /api/sessions/{id}/uploads/{upload}": {
    tag: "Files",
    summary: "Take an attached file back that was not sent yet.",
    status: 204,
  },
  "GET /api/fs/list": { tag: "Files", summary: "What a folder holds.", answer: FolderListing },
  "GET /api/fs/complete": {
    tag: "Files",
    summary: "Folders whose path begins with what was typed.",
    answer: FolderCompletions,
  },
  "GET /api/models": {
    tag: "pi",
    summary: "pi's models, read at the daemon's start; an answer waits for that.",
    answer: Type.Array(ModelRecord),
  },
  "GET /api/me": { tag: "Devices", summary: "Who asks, and what answers.", answer: Me },
  "POST /api/logout": { tag: "Devices", summary: "Give this device's credential back.", status: 204 },
  "GET /api/devices": {
    tag: "Devices",
    summary: "The devices that may come in.",
    answer: Type.Array(Type.Object({ ...DeviceRecord.properties, current: Type.Boolean() })),
  },
  "DELETE /api/devices/{id}": {
    tag: "Devices",
    summary: "Revoke a device; its sockets are closed at once.",
    status: 204,
  },
  "POST /api/pairing": {
    tag: "Devices",
    summary: "Make a single-use way in for another device.",
    status: 201,
    answer: Type.Object({
      code: Type.String(),
      secret: Type.String(),
      scope: Type.Enum([...scopes]),
      links: Type.Array(Type.String()),
      expires_at: Type.String(),
    }),
  },
  "POST /api/pair": {
    tag: "Devices",
    summary: "Exchange a pairing code for a credential: a cookie, or a token.",
    answer: Type.Object({ device, token: Type.Optional(Type.String()) }),
  },
  "GET /api/audit": {
    tag: "Daemon",
    summary: "Who did what from where, newest first.",
    answer: Type.Array(Type.Object({ at: AuditRecord.properties.at, action: Type.String(), outcome: Type.String() })),
  },
  "POST /api/daemon/stop": {
    tag: "Daemon",
    summary: "End every session in order, then the daemon.",
    status: 202,
    answer: Type.Object({ stopping: Type.Boolean() }),
  },
  "GET /api/openapi.json": {
    tag: "Daemon",
    summary: "This document.",
    answer: Type.Object({ openapi: Type.String() }),
  },
  "GET /api/docs": { tag: "Daemon", summary: "This document, to read.", answer: Type.String(), media: "text/html" },
  "GET /api/docs.css": { tag: "Daemon", summary: "How it looks.", answer: Type.String(), media: "text/css" },
  "GET /api/workspace/config": {
    tag: "Workspaces",
    summary: "What a project's .pier/workspace.toml says.",
    answer: WorkspaceConfigAnswer,
  },
  "PUT /api/workspace/config": {
    tag: "Workspaces",
    summary: "Change a project's settings; what is not known here stays.",
    answer: WorkspaceConfigAnswer,
  },
  "GET /api/sessions/{id}/worktree": {
    tag: "Workspaces",
    summary: "What would be lost with the worktree that was made for a session.",
    answer: WorktreeState,
  },
  "DELETE /api/sessions/{id}/worktree": {
    tag: "Workspaces",
    summary: "Remove the worktree of a closed session; 409 where work would be lost.",
    status: 204,
  },
  "POST /api/direnv/allow": { tag: "Workspaces", summary: "Approve an .envrc.", answer: AllowedDirenv },
};
