export { type AttachedFile, splitAttachedFiles, withAttachedFiles } from "./attached-files.ts";
export { closeCodeMeanings, closeCodes, type ErrorCode, errorCodes } from "./codes.ts";
export { commandSpec, type CommandEffect, commands, type CommandSpec, type CommandType } from "./commands.ts";
export { type ClientFrame, clientFrames, type ClientFrameType } from "./frames/client/index.ts";
export type { Attach } from "./frames/client/attach.ts";
export type { Command } from "./frames/client/command.ts";
export type { ExtensionUiResponse } from "./frames/client/extension-ui-response.ts";
export type { Hello } from "./frames/client/hello.ts";
export type { History } from "./frames/client/history.ts";
export type { Cursor, Payload, Window } from "./frames/common.ts";
export { type ServerFrame, serverFrames, type ServerFrameType } from "./frames/server/index.ts";
export type { Attached, OfferedPrompt, TranscriptItem } from "./frames/server/attached.ts";
export type { ExtensionUiRequest } from "./frames/server/extension-ui-request.ts";
export type { ExtensionUiResolved } from "./frames/server/extension-ui-resolved.ts";
export type { HistoryPage } from "./frames/server/history.ts";
export type { Notice } from "./frames/server/notice.ts";
export type { Reply } from "./frames/server/reply.ts";
export type { Resync } from "./frames/server/resync.ts";
export type { Welcome } from "./frames/server/welcome.ts";
export { jsonElements, type JsonMember, jsonMembers, rawMember, replaceMembers } from "./json-members.ts";
export { limits } from "./limits.ts";
export { limitsOf } from "./limits-of.ts";
export { ExtensionUi } from "./live/extension-ui.ts";
export { LiveState, type Retry } from "./live/live-state.ts";
export type { AssistantMessageEvent, OpenBlock, OpenMessage } from "./live/open-message.ts";
export type { BashRun, ToolRun } from "./live/running-work.ts";
export { frameTypeOf, parseClientFrame } from "./parse-client-frame.ts";
export { parseServerFrame, requiredMembers } from "./parse-server-frame.ts";
export { PierError, type PierErrorOptions } from "./pier-error.ts";
export { activities, type Activity } from "./records/activities.ts";
export {
  defaultAnswer,
  type Dialog,
  type DialogAnswer,
  type DialogMethod,
  dialogMethods,
  isDialogMethod,
  type Widget,
} from "./records/dialogs.ts";
export { isHiddenMessage } from "./records/hidden-message.ts";
export type {
  AgentMessage,
  AssistantMessage,
  BashExecutionMessage,
  Body,
  CustomMessage,
  Elided,
  ImageContent,
  KnownMessage,
  SummaryMessage,
  TextContent,
  ThinkingContent,
  ToolCall,
  ToolResultMessage,
  UnknownEntryMessage,
  Usage,
  UserMessage,
} from "./records/messages.ts";
export { GitSummary, SessionWorktree } from "./records/session-git.ts";
export { SessionInfo } from "./records/session-info.ts";
export type { PiState } from "./records/state.ts";
export { thinkingLevelNames } from "./records/thinking-levels.ts";
export {
  CompleteFolder,
  FolderCompletions,
  FolderEntry,
  FolderListing,
  FoundFiles,
  ListFolder,
  SearchFiles,
} from "./rest/folders.ts";
export { AuditLine } from "./rest/audit.ts";
export { DeviceRecord, ListedDevice, Me } from "./rest/me.ts";
export { ModelRecord } from "./rest/models.ts";
export { PairingRecord } from "./rest/pairing.ts";
export { BranchedSession, BranchSession, ForkMessage } from "./rest/branches.ts";
export {
  AllowDirenv,
  AllowedDirenv,
  ReadWorkspaceConfig,
  skins,
  WorkspaceConfig,
  WorkspaceConfigAnswer,
  WriteWorkspaceConfig,
} from "./rest/workspace.ts";
export { RemoveWorktree, WorktreeState } from "./rest/worktree.ts";
export { FoundMessage, FoundMessages, SearchSession } from "./rest/search-session.ts";
export { RemovedSession, RemoveSession } from "./rest/remove-session.ts";
export { ListSessions } from "./rest/session-list.ts";
export { CreateSession, SessionRecord, toSessionRecord, UpdateSession } from "./rest/session-record.ts";
export { UploadRecord } from "./rest/uploads.ts";
export { type Scope, scopeCovers, scopes } from "./scopes.ts";
export { parseShellCommand, type ShellCommand } from "./shell-command.ts";
export { shapeProblem } from "./shape-problem.ts";
