import { setTimeout as sleep } from "node:timers/promises";
import { write, writeText } from "./write.mjs";

/** What the agent can play, and the credit that a reader gives it. */
export const workloads = {
  /** Allows further deltas, so that a reader's queue stays bounded where nothing pushes back. */
  credit(events) {
    credit += events;
    wake();
  },
  async play({ play, ...options }) {
    await plays[play](options);
  },
};

let credit = 0;
let wake = () => {};

const plays = {
  /**
   * `count` deltas of `bytes` characters each, as fast as they are taken, `batch` in one write: pi writes each by itself.
   * `credit` is how many may go at first.
   */
  async deltas({ count, bytes, batch = 1, credit: first = Infinity }) {
    credit = first;
    begin();
    for (let at = 0; at < count;) {
      if (at >= credit) await new Promise((resolve) => (wake = resolve));
      const to = Math.min(at + batch, count, credit);
      let text = "";
      for (; at < to; at++) text += delta(String(at).padEnd(bytes, "."));
      writeText(text);
      // Commands are read between two writes.
      if (at % 1024 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    end(`${count} deltas`);
  },

  /** `count` deltas at `rate` a second, each with the moment it was written, in ns of the machine's clock. */
  async timed({ count, rate }) {
    begin();
    const start = performance.now();
    for (let at = 0; at < count; at++) {
      const wait = start + (at * 1000) / rate - performance.now();
      if (wait > 1) await sleep(wait);
      writeText(delta(`${at} ${process.hrtime.bigint()};`));
    }
    end(`${count} timed deltas`);
  },

  /** `count` words of a reply at `rate` a second, sixty to a paragraph. */
  async reply({ count, rate }) {
    begin();
    const start = performance.now();
    for (let at = 0; at < count; at++) {
      const wait = start + (at * 1000) / rate - performance.now();
      if (wait > 1) await sleep(wait);
      writeText(delta(at % 60 === 59 ? `word${at}.\\n\\n` : `word${at} `));
    }
    end(`${count} words`);
  },

  /** `count` finished messages of `bytes` characters. */
  messages({ count, bytes }) {
    for (let at = 0; at < count; at++)
      message({ role: "assistant", content: [text(`${at} ${words(bytes)}`)], timestamp: at });
  },

  /** One turn with `count` tool calls, each with its result of `bytes` characters. */
  async tools({ count, bytes }) {
    write({ type: "turn_start" });
    for (let at = 0; at < count; at++) {
      const toolCallId = `call_${at}`;
      const args = { command: `sed -n ${at}p file.ts` };
      const result = { content: [text(`${at} ${words(bytes)}`)] };
      message({
        role: "assistant",
        content: [{ type: "toolCall", id: toolCallId, name: "bash", arguments: args }],
        timestamp: at,
      });
      write({ type: "tool_execution_start", toolCallId, toolName: "bash", args });
      write({ type: "tool_execution_end", toolCallId, toolName: "bash", result, isError: false });
      message({ role: "toolResult", toolCallId, toolName: "bash", ...result, isError: false, timestamp: at });
      if (at % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    write({ type: "turn_end" });
  },
};

function begin() {
  write({ type: "message_start", message: { role: "assistant", content: [], timestamp: 0 } });
}

function end(said) {
  write({ type: "message_end", message: { role: "assistant", content: [text(said)], timestamp: 0 } });
}

function message(value) {
  write({ type: "message_start", message: value });
  write({ type: "message_end", message: value });
}

function delta(said) {
  return `{"type":"message_update","assistantMessageEvent":{"type":"text_delta","contentIndex":0,"delta":"${said}"}}\n`;
}

function text(said) {
  return { type: "text", text: said };
}

function words(bytes) {
  return "word ".repeat(bytes / 5);
}
