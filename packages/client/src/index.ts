export type { Me } from "@pier/protocol";
export type { Attachment } from "./attachment/attachment.ts";
export { CommandError } from "./attachment/command-error.ts";
export { ClientError } from "./client-error.ts";
export { type ClientErrorCode, clientErrorCodes } from "./codes.ts";
export { applyCompletion, type Completed, type CompletionItem } from "./composing/apply-completion.ts";
export { type CompletionRequest, completionRequest } from "./composing/completion-request.ts";
export { fileItems, type FoundFile } from "./composing/file-items.ts";
export { imageEnding, imageType, signatureLength } from "./composing/image-type.ts";
export { PiCommandList } from "./composing/pi-command-list.ts";
export { decideSubmission, type KnownCommands, type Submission } from "./composing/submission.ts";
export { type Interruptible, interruptible } from "./composing/interruptible.ts";
export { promptsOf, promptText } from "./composing/prompt-history.ts";
export { joinTexts, type TakenQueue, takeQueue } from "./composing/queued.ts";
export { stopRunning } from "./composing/stop-running.ts";
export { connect, type ConnectOptions } from "./connect.ts";
export { restAddress, socketAddress } from "./connection/address.ts";
export type { AttachOptions, PierConnection } from "./connection/connection.ts";
export type { ConnectionState, ConnectionStatus } from "./connection/connection-state.ts";
export type { WebSocketConstructor, WebSocketLike } from "./connection/web-socket.ts";
export { type Closed, closedWords } from "./dialogs/closed-words.ts";
export { timeLeft } from "./dialogs/time-left.ts";
export { limits } from "./limits.ts";
export { countText } from "./numbers/count-text.ts";
export { type Numbers, SessionNumbers } from "./numbers/session-numbers.ts";
export { TurnClock } from "./numbers/turn-clock.ts";
export type { CommandOptions, PromptOptions, QueueMode, SteerOptions } from "./pi/pi-commands.ts";
export type {
  PiBashResult,
  PiCompaction,
  PiEntry,
  PiModel,
  PiPrompted,
  PiReplies,
  PiSessionStats,
  PiSlashCommand,
  PiTreeNode,
} from "./pi/pi-replies.ts";
export { piKnows } from "./pi/pi-knows.ts";
export { setThinkingLevel, thinkingLevels, thinkingWords } from "./pi/thinking-levels.ts";
export { type TreeRow, treeRows } from "./pi/tree-rows.ts";
export { parseShellCommand, type ShellCommand } from "@pier/protocol/runtime";
export {
  type HistoryOptions,
  type RemoveWorktreeOptions,
  type RemoveOptions,
  RestClient,
  type RestHistory,
  type SearchMessages,
  type SearchOptions,
  type SessionPage,
} from "./rest.ts";
export type { RequestOptions, RestOptions } from "./rest-requests.ts";
export { RestError } from "./rest-error.ts";
export type { UploadFile, UploadOptions } from "./send-form.ts";
export { compareSessions } from "./sessions/compare-sessions.ts";
export { type SessionsChange, SessionsView } from "./sessions/sessions-view.ts";
export type { Timers } from "./timers.ts";
export type { Change } from "./transcript/change.ts";
export type { SessionFrame } from "./transcript/session-frame.ts";
export { Transcript, type TranscriptStatus } from "./transcript/transcript.ts";
