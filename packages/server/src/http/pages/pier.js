// A plain script for the browser, without types.
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return */
const find = (id) => document.getElementById(id);
const [form, field, list, actions, line] = ["pair", "code", "sessions", "actions", "status"].map(find);

/** Calls the daemon. Its own sentence is the error's message. */
async function call(path, method = "GET", body) {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) }).catch(() => {
    throw new Error("Pier does not answer. Is it still running?");
  });
  const data = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw Object.assign(new Error(data.error.message), { status: answer.status });
  return data;
}

function say(text, kind = "news") {
  line.textContent = text;
  line.dataset.kind = kind;
}

function show(isSignedIn) {
  form.hidden = isSignedIn;
  list.hidden = actions.hidden = !isSignedIn;
  if (!isSignedIn) field.focus();
}

function ago(time) {
  const minutes = Math.round((Date.parse(time) - Date.now()) / 60_000);
  const [amount, unit] =
    minutes > -60 ? [minutes, "minute"] : minutes > -1440 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(amount), unit);
}

function row(session) {
  const item = document.createElement("li");
  item.dataset.state = session.attention ? "attention" : session.status;
  const parts = [
    ["strong", session.name ?? (session.working_dir.split("/").pop() || session.working_dir)],
    ["time", ago(session.last_active_at)],
    [
      "p",
      [session.attention?.text ?? session.activity, session.model, session.working_dir].filter(Boolean).join(" · "),
    ],
  ];
  for (const [name, text] of parts) item.append(Object.assign(document.createElement(name), { textContent: text }));
  return item;
}

/** Runs one step; whoever is not signed in gets the form. */
async function attempt(step) {
  const buttons = document.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  try {
    await step();
  } catch (error) {
    if (error.status === 401) show(false);
    say(error.message, "error");
  }
  for (const button of buttons) button.disabled = false;
}

async function refresh() {
  const sessions = await call("api/sessions");
  const rank = ({ attention, status }) => (attention ? 0 : status === "live" ? 1 : 2);
  sessions.sort((a, b) => rank(a) - rank(b) || b.last_active_at.localeCompare(a.last_active_at));
  list.replaceChildren(...sessions.map(row));
  show(true);
  list.hidden = sessions.length === 0;
  say(sessions.length ? "" : "No sessions yet. Start one with “pier new” in a terminal.");
}

async function pair(code) {
  const [, browser = "Browser"] = /(Firefox|Edg|Chrome|Safari)\//.exec(navigator.userAgent) ?? [];
  const [, system = "unknown"] = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(navigator.userAgent) ?? [];
  await call("api/pair", "POST", { code, name: `${browser.replace("Edg", "Edge")} on ${system}` });
  form.reset();
  await refresh();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(() => pair(field.value));
});
find("refresh").addEventListener("click", () => void attempt(refresh));
find("sign-out").addEventListener(
  "click",
  () =>
    void attempt(async () => {
      await call("api/logout", "POST");
      list.replaceChildren();
      show(false);
      say("Signed out. This device has to be paired again.");
    }),
);

const secret = /^#pair=([\w-]+)$/.exec(location.hash)?.[1];
// Out of the address bar and the history before anything else happens.
if (location.hash) history.replaceState(null, "", location.pathname);
await attempt(async () => {
  if (secret) return pair(secret);
  try {
    await refresh();
  } catch (error) {
    if (error.status !== 401) throw error;
    show(false);
  }
});
