// What is done with a session; in a file of its own, which comes when the first of it is wanted.
export { cloneConversation, compact, exportPage, newConversation, toggleRawText } from "./ask-pi.ts";
export { closeThisSession, deleteThisSession } from "./end-session.ts";
export { resumeSession } from "#lib/pier/resume-session.ts";
export { startPiAgain } from "./start-again.ts";
