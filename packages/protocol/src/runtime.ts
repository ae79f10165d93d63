/**
 * What a client runs of the protocol: everything that is no schema. Schemas bring their library with them, which costs a
 * program that only connects more time at its start than the connection does.
 */
export { splitAttachedFiles } from "./attached-files.ts";
export { closeCodes, errorCodes } from "./codes.ts";
export { commandSpec } from "./commands.ts";
export { rawMember } from "./json-members.ts";
export { limits } from "./limits.ts";
export { ExtensionUi } from "./live/extension-ui.ts";
export { LiveState } from "./live/live-state.ts";
export { parseServerFrame } from "./parse-server-frame.ts";
export { PierError } from "./pier-error.ts";
export { activities } from "./records/activities.ts";
export { isHiddenMessage } from "./records/hidden-message.ts";
export { scopes } from "./scopes.ts";
export { parseShellCommand, type ShellCommand } from "./shell-command.ts";
