import { execFile } from "node:child_process";
import { imageType } from "@pier/client";
import { limits } from "../limits.ts";
import { getNativeClipboard } from "../pi-tui/index.ts";

/** What is on the clipboard of this machine. */
export type Clipboard = { image: Buffer; type: string } | { text: string };

/** Reads the clipboard; null when there is none here, or nothing on it. */
export async function readClipboard(env: NodeJS.ProcessEnv): Promise<Clipboard | null> {
  const image = await firstOf(imageReaders(env));
  const type = image && imageType(image);
  if (image && type) return { image, type };
  const text = await firstOf(textReaders(env));
  return text && text.length > 0 ? { text: text.toString("utf8") } : null;
}

type Reader = () => Promise<Uint8Array | null | undefined>;

/** The platform's own clipboard first; Wayland and X11 have programs for it. */
function imageReaders(env: NodeJS.ProcessEnv): Reader[] {
  const native = getNativeClipboard();
  return [
    ...(env.WAYLAND_DISPLAY ? [() => output("wl-paste", ["--no-newline", "--type", "image/png"], env)] : []),
    ...(native ? [() => native.getImage()] : []),
    ...(env.DISPLAY ? [() => output("xclip", ["-selection", "clipboard", "-t", "image/png", "-o"], env)] : []),
  ];
}

function textReaders(env: NodeJS.ProcessEnv): Reader[] {
  const native = getNativeClipboard();
  return [
    ...(env.WAYLAND_DISPLAY ? [() => output("wl-paste", ["--no-newline"], env)] : []),
    ...(native ? [async () => Buffer.from((await native.getText()) ?? "")] : []),
    ...(env.DISPLAY ? [() => output("xclip", ["-selection", "clipboard", "-o"], env)] : []),
  ];
}

async function firstOf(readers: readonly Reader[]): Promise<Buffer | null> {
  for (const read of readers) {
    const bytes = await read().catch(() => null);
    if (bytes && bytes.length > 0) return Buffer.from(bytes);
  }
  return null;
}

function output(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { encoding: "buffer", env, timeout: limits.clipboardWait, maxBuffer: limits.images },
      (error, stdout) => {
        if (error) reject(new Error(`${program} failed.`, { cause: error }));
        else resolve(stdout);
      },
    );
  });
}
