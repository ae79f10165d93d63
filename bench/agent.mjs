// Speaks as much of pi's RPC as a daemon asks for, and plays workloads: a prompt's message is `{"play":NAME, ...}`.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { workloads } from "./agent/workloads.mjs";
import { write } from "./agent/write.mjs";

if (process.argv.includes("--version")) {
  console.log("0.87.1");
  process.exit(0);
}

const args = process.argv.slice(2);
const named = args.indexOf("--session");
const sessionFile = args.includes("--no-session")
  ? undefined
  : named === -1
    ? join(process.cwd(), `bench-${process.pid}.jsonl`)
    : args[named + 1];
let name;

const commands = {
  get_state: () => ({
    isStreaming: false,
    messageCount: 0,
    ...(sessionFile && { sessionFile }),
    ...(name && { sessionName: name }),
  }),
  get_available_models: () => ({ models: [{ provider: "bench", id: "bench", name: "Bench" }] }),
  set_session_name: (command) => void (name = command.name),
  bench_credit: (command) => workloads.credit(command.events),
};

createInterface({ input: process.stdin, crlfDelay: Infinity }).on("line", (line) => {
  let command;
  try {
    command = JSON.parse(line);
  } catch (error) {
    return answer(undefined, "parse", { error: `Failed to parse command: ${error.message}` });
  }
  const { id, type } = command;
  if (type === "prompt") {
    answer(id, type, {});
    return void play(JSON.parse(command.message));
  }
  if (!Object.hasOwn(commands, type)) return answer(id, type, { error: `Unknown command: ${type}` });
  const data = commands[type](command);
  if (type !== "bench_credit") answer(id, type, { data });
});

function answer(id, command, { error, data }) {
  const rest = error === undefined ? { success: true, data } : { success: false, error };
  write({ id, type: "response", command, ...rest });
}

async function play(options) {
  if (sessionFile && !existsSync(sessionFile)) writeFileSync(sessionFile, header());
  write({ type: "agent_start" });
  // Whoever looks for the beginning of a short turn must be able to see it.
  if (options.pause) await sleep(options.pause);
  await workloads.play(options);
  write({ type: "agent_end", messages: [] });
  write({ type: "agent_settled" });
}

function header() {
  const timestamp = new Date().toISOString();
  return `${JSON.stringify({ type: "session", version: 3, id: `bench-${process.pid}`, timestamp, cwd: process.cwd() })}\n`;
}
