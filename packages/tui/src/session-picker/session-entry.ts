import type { SessionInfo } from "@pier/protocol";
import type { ListEntry } from "../panels/choice-list.ts";
import { searchText } from "../panels/rank.ts";
import { folderForms } from "../status/folder-text.ts";
import { neutraliseLine } from "../text/index.ts";
import { type SessionState, sessionState } from "./session-state.ts";

/** A session as the picker shows it. */
export interface SessionEntry extends ListEntry {
  readonly key: string;
  readonly info: SessionInfo;
  readonly state: SessionState;
  /** Empty when it has none. */
  readonly name: string;
  readonly preview: string;
  readonly model: string;
  /** Whether it is the one that is left. */
  readonly current: boolean;
}

export function sessionEntry(info: SessionInfo, env: NodeJS.ProcessEnv, current: string | undefined): SessionEntry {
  const name = neutraliseLine(info.name ?? "");
  const preview = neutraliseLine(info.attention?.text ?? info.preview ?? "");
  const model = info.demo ? "demo model" : neutraliseLine(info.model ?? "");
  const [group = ""] = folderForms(info.cwd, env.HOME);
  const search = searchText(name, group, preview, model, info.id.slice(0, 8));
  const short = [name, group, model].map((text) => searchText(text));
  return {
    key: info.id,
    group,
    search,
    short,
    info,
    state: sessionState(info),
    name,
    preview,
    model,
    current: info.id === current,
  };
}
