import { goto } from "$app/navigation";
import type { Action } from "#lib/palette/actions.svelte.ts";
import { pier } from "#lib/pier/pier.svelte.ts";
import { pageAt } from "#lib/pier/where.ts";
import { attempt } from "#lib/ui/toasts.svelte.ts";
import { branching } from "./branching.svelte.ts";
import { panels } from "./panels.svelte.ts";
import { sessionActions } from "./session-actions.svelte.ts";
import type { SessionView } from "./session-view.svelte.ts";

/** What is done comes when it is first wanted; that it can be done, and by which key, is known at once. */
const deeds = () => import("./deeds/index.ts");

/** What can be done with the session that is shown, as menu, palette and keys have it. */
export function sessionDeeds(view: SessionView): Action[] {
  const { info } = view;
  if (!info) return [];
  const [mayWrite, isLive] = [pier.me?.device.scope !== "read", info.status === "live"];
  const live = mayWrite && isLive;
  const { rename, find, isMoreThanSeen } = sessionActions.current;
  const like = pageAt(`/?new&like=${encodeURIComponent(info.id)}`);
  return [
    mayWrite && deed("new", "New session here", "plus", () => void goto(like), "n"),
    mayWrite && !isLive && deed("resume", "Resume", "retry", async () => (await deeds()).resumeSession(info.id)),
    find && {
      ...deed("find", "Find in session", "search", find, "/"),
      also: "Mod+F",
      group: "Conversation" as const,
      // The browser's own search is better where it sees everything.
      isWanted: (chord: string) => chord === "/" || isMoreThanSeen?.() !== false,
    },
    mayWrite && deed("branch", branching.isOn ? "Hide branching" : "Branch", "branch", () => branching.toggle(), "b"),
    mayWrite && deed("tree", "All branches", "tree", () => panels.show("tree"), "t"),
    live && deed("export", "Export", "export", async () => (await deeds()).exportPage(view)),
    mayWrite &&
      deed("raw", info.renderMarkdown ? "Show raw text" : "Show rendered text", "raw", async () =>
        (await deeds()).toggleRawText(info),
      ),
    mayWrite && rename && deed("rename", "Rename", "edit", rename, "r", "everywhere"),
    live && deed("model", "Choose the model", "updown", () => panels.show("model"), "m", "everywhere"),
    live &&
      deed("thinking", "Choose the thinking level", "wave", () => panels.show("thinking"), undefined, "everywhere"),
    live && deed("behaviour", "How pi behaves", "gear", () => panels.show("behaviour")),
    live &&
      deed(
        "clone",
        "Go on in a copy",
        "copy",
        async () => (await deeds()).cloneConversation(view),
        undefined,
        "everywhere",
      ),
    live &&
      deed(
        "clear",
        "New conversation in this session",
        "chat",
        async () => (await deeds()).newConversation(view),
        undefined,
        "everywhere",
      ),
    live && deed("statistics", "Statistics", "clock", () => panels.show("statistics"), "s"),
    live && deed("compact", "Compact", "archive", async () => (await deeds()).compact(view)),
    live &&
      !info.ephemeral &&
      deed("reload", "Start pi again", "retry", async () => (await deeds()).startPiAgain(view, info)),
    live && {
      ...deed("close", "Close session", "close", async () => (await deeds()).closeThisSession(info)),
      isApart: true,
    },
    mayWrite && {
      ...deed("delete", "Delete", "trash", async () => (await deeds()).deleteThisSession(info)),
      isApart: !isLive,
    },
  ].filter((each) => each !== false && each !== undefined);
}

function deed(
  id: string,
  title: string,
  icon: string,
  run: () => unknown,
  key?: string,
  place: Action["place"] = "session",
): Action {
  return {
    id,
    title,
    icon,
    place,
    group: "This page",
    run: () => void attempt(async () => run()),
    ...(key !== undefined && { key }),
  };
}
