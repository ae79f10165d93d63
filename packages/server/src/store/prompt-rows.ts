import { PierError } from "@pier/protocol";
import type { PromptEntry, PromptLedger } from "../session/prompt-ledger.ts";
import { integer, text, textOrNull, word } from "./columns.ts";
import type { Database, Row } from "./database.ts";

/** The ledger of accepted prompts in the database. A change of a prompt that is gone changes nothing. */
export function promptRows(db: Database): PromptLedger {
  const find: PromptLedger["find"] = (session, clientId, commandId) => {
    const row = db.get(
      "SELECT * FROM prompts WHERE session = :session AND client_id = :clientId AND command_id = :commandId",
      { session, clientId, commandId },
    );
    return row && toEntry(row);
  };
  return {
    accept(entry) {
      if (entry.commandId !== null && find(entry.session, entry.clientId, entry.commandId)) {
        throw new PierError("CONFLICT", `The command ${entry.commandId} was accepted already: look it up instead.`);
      }
      db.run(
        `INSERT INTO prompts (id, session, client_id, command_id, command, epoch, state, reply, accepted_at)
         VALUES (:id, :session, :clientId, :commandId, :command, :epoch, :state, :reply, :acceptedAt)`,
        { ...entry },
      );
    },
    update(id, { epoch, state, reply }) {
      // null is a value here, so a second parameter says whether a member is given.
      db.run(
        `UPDATE prompts SET epoch = iif(:hasEpoch, :epoch, epoch), state = coalesce(:state, state),
         reply = iif(:hasReply, :reply, reply) WHERE id = :id`,
        {
          id,
          state: state ?? null,
          epoch: epoch ?? null,
          hasEpoch: Number(epoch !== undefined),
          reply: reply ?? null,
          hasReply: Number(reply !== undefined),
        },
      );
    },
    remove(id) {
      db.run("DELETE FROM prompts WHERE id = :id", { id });
    },
    list: (session) =>
      db.all("SELECT * FROM prompts WHERE session = :session ORDER BY position", { session }).map(toEntry),
    find,
  };
}

function toEntry(row: Row): PromptEntry {
  return {
    id: text(row, "id"),
    session: text(row, "session"),
    clientId: text(row, "client_id"),
    commandId: textOrNull(row, "command_id"),
    command: text(row, "command"),
    epoch: textOrNull(row, "epoch"),
    state: word(row, "state", ["accepted", "answered", "offered", "done"]),
    reply: textOrNull(row, "reply"),
    acceptedAt: integer(row, "accepted_at"),
  };
}
