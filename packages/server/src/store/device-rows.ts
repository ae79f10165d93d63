import { scopes } from "@pier/protocol";
import type { Device, DeviceRows } from "../auth/device.ts";
import { integer, integerOrNull, text, textOrNull, word } from "./columns.ts";
import type { Database, Row } from "./database.ts";

/** The devices in the database; of a token it holds the hash only. */
export function deviceRows(db: Database): DeviceRows {
  return {
    list: () => db.all("SELECT * FROM devices ORDER BY created_at, id").map(toDevice),
    findByHash(tokenHash) {
      const row = db.get("SELECT * FROM devices WHERE token_hash = :tokenHash", { tokenHash });
      return row && { device: toDevice(row), tokenHash: text(row, "token_hash") };
    },
    insert(device, tokenHash) {
      db.run(
        `INSERT INTO devices (id, name, scope, token_hash, created_at, last_used_at, last_address)
         VALUES (:id, :name, :scope, :tokenHash, :createdAt, :lastUsedAt, :lastAddress)`,
        { ...device, tokenHash },
      );
    },
    update(id, { lastUsedAt, lastAddress }) {
      db.run("UPDATE devices SET last_used_at = :lastUsedAt, last_address = :lastAddress WHERE id = :id", {
        id,
        lastUsedAt,
        lastAddress,
      });
    },
    remove: (id) => db.run("DELETE FROM devices WHERE id = :id", { id }) > 0,
  };
}

function toDevice(row: Row): Device {
  return {
    id: text(row, "id"),
    name: text(row, "name"),
    scope: word(row, "scope", scopes),
    createdAt: integer(row, "created_at"),
    lastUsedAt: integerOrNull(row, "last_used_at"),
    lastAddress: textOrNull(row, "last_address"),
  };
}
