export type { Approvals } from "./approvals.ts";
export { type AuditEntry, type AuditLog, AuditRecord, openAuditLog } from "./audit-log.ts";
export { readDaemonFile, removeDaemonFile, writeDaemonFile } from "./daemon-file.ts";
export { dataDirectory } from "./data-directory.ts";
export { type DataDirectoryLock, lockDataDirectory } from "./lock-data-directory.ts";
export { openStore, type Store } from "./open-store.ts";
export { writePrivateFile } from "./private-file.ts";
export { makePrivateFolder } from "./private-folder.ts";
