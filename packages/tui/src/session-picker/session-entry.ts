import type { SessionInfo } from "@pier/protocol";
import type { ListEntry } from "../panels/choice-list.ts";
import { searchText } from "../panels/rank.ts";
import { neutraliseLine } from "../text/index.ts";
import { homePath } from "./home-path.ts";
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
  const group = neutraliseLine(homePath(info.cwd, env));
  const search = searchText(name, group, preview, model, info.id.slice(0, 8));
  return {
    key: info.id,
    group,
    search,
    info,
    state: sessionState(info),
    name,
    preview,
    model,
    current: info.id === current,
  };
}
