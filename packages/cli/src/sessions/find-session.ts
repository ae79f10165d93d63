import type { SessionRecord } from "@pier/protocol";
import { neutraliseLine } from "@pier/tui/text";
import { CliError } from "../cli-error.ts";
import { truncate } from "../text/width.ts";
import { shortIds } from "./short-ids.ts";

/** Columns of a name or a word in the middle of a sentence. */
const longest = 40;

/**
 * The session that a word names: a full id, the beginning of exactly one, or a name. Live ones go before closed ones of
 * the same name.
 *
 * @throws CliError that lists the candidates when there are several
 */
export function findSession(sessions: readonly SessionRecord[], word: string): SessionRecord {
  const found = matchingSessions(sessions, word);
  if (found.length === 1 && found[0]) return found[0];
  if (found.length === 0) throw new CliError(nothing(sessions, word));
  throw new CliError(
    `"${truncate(word, longest)}" fits ${found.length} sessions: ${list(found, sessions)}. Use more of the id.`,
  );
}

/** Every session that a word may mean. */
export function matchingSessions(sessions: readonly SessionRecord[], word: string): SessionRecord[] {
  const exact = sessions.find((session) => session.id === word);
  if (exact) return [exact];
  const named = sessions.filter((session) => session.name === word);
  const live = named.filter((session) => session.status === "live");
  const byName = live.length > 0 ? live : named;
  // A prefix of one letter is a slip more often than a name for something.
  const byPrefix = word.length >= 2 ? sessions.filter((session) => session.id.startsWith(word.toLowerCase())) : [];
  // Names are anybody's choice: one that looks like another session's id must not stand in for it.
  return [...new Set([...byName, ...byPrefix])];
}

function nothing(sessions: readonly SessionRecord[], word: string): string {
  const live = sessions.filter((session) => session.status === "live");
  if (sessions.length === 0)
    return `There is no session "${truncate(word, longest)}", and no other: \`pier new\` starts one.`;
  if (live.length === 0)
    return `There is no session "${truncate(word, longest)}": \`pier ls --all\` shows those there are.`;
  return `There is no session "${truncate(word, longest)}": there ${live.length === 1 ? "is" : "are"} ${list(live, sessions)}.`;
}

function list(found: readonly SessionRecord[], all: readonly SessionRecord[]): string {
  const short = shortIds(all.map(({ id }) => id));
  const most = 8;
  const names = found
    .slice(0, most)
    .map(({ id, name }) => `${short.get(id)}${name === null ? "" : ` (${truncate(neutraliseLine(name), longest)})`}`);
  return names.join(", ") + (found.length > most ? `, and ${found.length - most} more` : "");
}
