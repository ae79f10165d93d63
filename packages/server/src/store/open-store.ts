import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { DeviceRows } from "../auth/device.ts";
import type { PromptLedger } from "../session/prompt-ledger.ts";
import type { SessionRows } from "../session/session-row.ts";
import type { UploadRows } from "../uploads/upload-row.ts";
import { approvals, type Approvals } from "./approvals.ts";
import { text } from "./columns.ts";
import { Database } from "./database.ts";
import { deviceRows } from "./device-rows.ts";
import { schemaVersion } from "./migrations.ts";
import { makePrivateFolder } from "./private-folder.ts";
import { promptRows } from "./prompt-rows.ts";
import { sessionRows } from "./session-rows.ts";
import { uploadRows } from "./upload-rows.ts";

/** Everything the daemon keeps in its database. */
export interface Store {
  sessions: SessionRows;
  prompts: PromptLedger;
  devices: DeviceRows;
  uploads: UploadRows;
  approvals: Approvals;
  /** `serverId` is the same over restarts; `v` is the version of the database. */
  meta: { serverId: string; v: number };
  close(): void;
}

/**
 * Opens `pier.db` in the data folder, or makes it. Take the lock of the folder first.
 *
 * @throws PierError `STORAGE` when it is damaged (nothing is deleted), of a newer version, or cannot be written.
 */
export function openStore(dataDir: string): Store {
  makePrivateFolder(dataDir);
  const db = new Database(join(dataDir, "pier.db"));
  try {
    return {
      sessions: sessionRows(db),
      prompts: promptRows(db),
      devices: deviceRows(db),
      uploads: uploadRows(db),
      approvals: approvals(db),
      meta: { serverId: serverId(db), v: schemaVersion },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function serverId(db: Database): string {
  db.run("INSERT INTO meta (key, value) VALUES ('server_id', :id) ON CONFLICT DO NOTHING", { id: randomUUID() });
  return text(db.get("SELECT value FROM meta WHERE key = 'server_id'", {}) ?? {}, "value");
}
