import {
  type Attached,
  type Dialog,
  jsonElements,
  jsonMembers,
  rawMember,
  type SessionInfo,
  toSessionRecord,
} from "@pier/protocol";

/** How sockets end that did not end by themselves. */
export const closes = {
  badMessages: { code: 4400, reason: "too many messages that are none" },
  notFound: { code: 4404, reason: "no such session" },
  notLive: { code: 4409, reason: "the session is not live" },
  tooMany: { code: 4429, reason: "too many messages" },
} as const;

export type Close = (typeof closes)[keyof typeof closes];

export function pifaceError(message: string): string {
  return JSON.stringify({ type: "piface_error", message });
}

export function sessionState(info: SessionInfo): string {
  return JSON.stringify({ type: "piface_session_state", session: toSessionRecord(info) });
}

export function attentionRequired(session: string, dialog: Dialog): string {
  return JSON.stringify({ type: "piface_attention_required", session_id: session, request: requestOf(dialog) });
}

/**
 * What a client gets first, from an `attached` frame: the messages as pi wrote them, then all that is in flight as the
 * records that would have said so.
 */
export function replayMessages(attached: string): string[] {
  const raw = new Map(jsonMembers(attached).map(({ key, valueStart, end }) => [key, attached.slice(valueStart, end)]));
  const member = <K extends keyof Attached>(key: K): Attached[K] => JSON.parse(raw.get(key) ?? "null") as Attached[K];
  const messages = jsonElements(raw.get("messages") ?? "").flatMap(message);
  const tail = (member("tail") ?? []).filter(({ type }) => !type.startsWith("pier_"));
  return [
    `{"type":"piface_replay","messages":[${messages.join(",")}]}`,
    sessionState(member("info")),
    ...(member("state").running ? ['{"type":"agent_start"}'] : []),
    ...tail.map((payload) => JSON.stringify(payload)),
    ...requests(member("title"), member("widgets"), member("statuses")),
    ...member("dialogs").map((dialog) => JSON.stringify(requestOf(dialog))),
  ];
}

/** An entry that this version of Pier does not know is no message of pi's. */
function message(item: string): string[] {
  const text = rawMember(item, "message") ?? "null";
  return text.startsWith('{"role":"entry"') ? [] : [text];
}

/** What extensions show. The requests that once said so are gone, so these name what they show. */
function requests(title: Attached["title"], widgets: Attached["widgets"], statuses: Attached["statuses"]): string[] {
  return [
    ...(title === null ? [] : [{ id: "title", method: "setTitle", title }]),
    ...Object.entries(widgets).map(([widgetKey, { lines, placement }]) => {
      return {
        id: `widget:${widgetKey}`,
        method: "setWidget",
        widgetKey,
        widgetLines: lines,
        widgetPlacement: placement,
      };
    }),
    ...Object.entries(statuses).map(([statusKey, statusText]) => {
      return { id: `status:${statusKey}`, method: "setStatus", statusKey, statusText };
    }),
  ].map((request) => JSON.stringify({ type: "extension_ui_request", ...request }));
}

function requestOf({ deadline: _, ...dialog }: Dialog): object {
  return { type: "extension_ui_request", ...dialog };
}
