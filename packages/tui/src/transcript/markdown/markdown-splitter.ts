import { limits } from "../../limits.ts";
import { clean } from "../base/clean.ts";
import {
  closesFence,
  endOfRaw,
  type Fence,
  fenceOf,
  isLinkDefinition,
  isTableDelimiter,
  type Item,
  itemOf,
} from "./line-kinds.ts";
import type { Piece } from "./piece.ts";

/** Within what the next line stands. */
type Place =
  | { kind: "text" }
  | { kind: "list"; indent: number; next: number | null; code: Fence | null }
  | { kind: "table"; head: readonly string[] }
  | { kind: "raw"; end: RegExp }
  | { kind: "fence"; fence: Fence };

/**
 * Splits a Markdown text that grows into pieces: at empty lines where nothing goes on below them, and within code, lists
 * and tables when they get long. Where a piece ends depends only on the text up to there, so a text gives the same pieces
 * however it arrived, and a finished piece never changes.
 */
export class MarkdownSplitter {
  #finished: Piece[] = [];
  #open: Piece = { kind: "markdown", lines: [], apart: false };
  #place: Place = { kind: "text" };
  /** Of the open piece. */
  #characters = 0;
  /** Whether the last line was empty. */
  #gap = false;
  /** Whether any piece began. */
  #any = false;
  readonly #definitions: string[] = [];
  /** How far the text was read. */
  #read = 0;

  /** Reads on in a text, given whole. Returns the pieces that were finished since, and the one that is still open. */
  read(text: string): { finished: readonly Piece[]; open: Piece } {
    for (;;) {
      const end = text.indexOf("\n", this.#read);
      const line = text.slice(this.#read, end === -1 ? undefined : end);
      const taken = this.#makeRoom(line);
      this.#read += taken;
      if (taken > 0) continue;
      if (end === -1) {
        const finished = this.#finished;
        this.#finished = [];
        return { finished, open: this.#withLast(clean(line)) };
      }
      this.#read = end + 1;
      this.#characters += line.length + 1;
      this.#take(clean(copied(line)));
    }
  }

  /** Ends the piece if the next line would make it too long. Of a line that is too long by itself, takes a part. */
  #makeRoom(line: string): number {
    if (this.#characters + line.length <= limits.openPiece) return 0;
    if (this.#characters > 0) this.#end();
    if (line.length <= limits.openPiece) return 0;
    const length = cutAt(line);
    this.#push(clean(copied(line.slice(0, length))));
    this.#end();
    this.#gap = false;
    return length;
  }

  /** The open piece with a line that is not complete yet. */
  #withLast(line: string): Piece {
    const open = this.#open;
    const lines = line === "" ? open.lines : [...open.lines, line];
    if (this.#place.kind === "fence") {
      const closing = closesFence(line, this.#place.fence, true);
      return { ...open, lines: closing ? open.lines : lines, closes: true };
    }
    return this.#withContext({ ...(open.lines.length > 0 ? open : this.#begun()), lines });
  }

  #take(line: string): void {
    const place = this.#place;
    if (place.kind === "fence") this.#takeCode(line, place.fence);
    else if (place.kind === "raw" || (place.kind === "list" && place.code)) this.#takeRaw(line, place);
    else if (line.trim() === "") {
      if (this.#open.lines.length > 0) this.#push("");
      this.#gap = true;
    } else {
      this.#takeText(line);
      this.#gap = false;
    }
  }

  #takeCode(line: string, fence: Fence): void {
    if (closesFence(line, fence)) {
      this.#open.closes = true;
      this.#place = { kind: "text" };
      this.#end();
      this.#gap = true;
    } else {
      if (this.#isLong()) this.#end();
      this.#push(line);
    }
  }

  #takeRaw(line: string, place: Extract<Place, { kind: "raw" | "list" }>): void {
    this.#push(line);
    if (place.kind === "list") {
      if (place.code && closesFence(line, place.code)) place.code = null;
      else if (this.#isLong()) this.#end();
    } else if (place.end.test(line)) {
      this.#place = { kind: "text" };
    }
  }

  #takeText(line: string): void {
    const fence = fenceOf(line);
    const inList = this.#place.kind === "list";
    if (fence && (!inList || !fence.nested)) {
      this.#end();
      this.#place = { kind: "fence", fence };
      this.#open = { kind: "code", lines: [], apart: this.#any, language: fence.language, opens: true };
      this.#any = true;
      return;
    }
    const item = itemOf(line);
    const goesOn = line.startsWith("  ") || (inList && item !== null);
    if (this.#gap && !goesOn) {
      this.#end();
      this.#place = { kind: "text" };
    } else if (this.#isLong() && this.#mayEndBefore(item)) {
      this.#end();
    }
    const numbered = this.#numbered(line, item);
    this.#enter(line, item, fence);
    this.#push(numbered);
  }

  #isLong(): boolean {
    return this.#characters >= limits.piece || this.#open.lines.length >= limits.pieceLines;
  }

  /** Whether a piece that is long may end before a line. */
  #mayEndBefore(item: Item | null): boolean {
    return this.#place.kind !== "list" || (item !== null && item.indent <= this.#place.indent);
  }

  /** Markdown counts a list's items on from its first one's number: where a piece begins within a list, that has to be right. */
  #numbered(line: string, item: Item | null): string {
    const place = this.#place;
    const first = this.#open.lines.length === 0 && place.kind === "list" && item?.number != null;
    return first && place.next !== null ? line.replace(/\d+/, String(place.next)) : line;
  }

  /** Notes what a line begins. */
  #enter(line: string, item: Item | null, fence: Fence | null): void {
    const place = this.#place;
    const before = this.#open.lines.at(-1);
    if (place.kind === "list") {
      if (item && item.indent <= place.indent && place.next !== null) place.next++;
      place.code = fence;
    } else if (item) {
      this.#place = {
        kind: "list",
        indent: item.indent,
        next: item.number === null ? null : item.number + 1,
        code: null,
      };
    } else if (place.kind === "text" && before?.includes("|") && isTableDelimiter(line)) {
      this.#place = { kind: "table", head: [before, line] };
    } else if (place.kind === "text") {
      const end = endOfRaw(line);
      if (end) this.#place = { kind: "raw", end };
      else if (isLinkDefinition(line)) this.#define(line);
    }
  }

  #define(line: string): void {
    if (line.length > limits.linkDefinition || this.#definitions.length >= limits.linkDefinitions) return;
    this.#definitions.push(line);
  }

  #push(line: string): void {
    if (this.#open.lines.length === 0 && this.#open.kind === "markdown") {
      this.#open = this.#begun();
      this.#any = true;
    }
    this.#open.lines.push(line);
  }

  /** A piece that begins here. */
  #begun(): Piece {
    const above = this.#place.kind === "table" ? { above: this.#place.head } : {};
    return { kind: "markdown", lines: [], apart: this.#gap && this.#any, ...above };
  }

  #end(): void {
    const open = this.#open;
    if (open.kind === "code" || open.lines.length > 0) this.#finished.push(this.#withContext(open));
    this.#characters = 0;
    const place = this.#place;
    if (place.kind === "list" && place.code) this.#place = { kind: "fence", fence: place.code };
    else if (place.kind === "raw") this.#place = { kind: "text" };
    this.#open =
      this.#place.kind === "fence"
        ? { kind: "code", lines: [], apart: false, language: this.#place.fence.language }
        : { kind: "markdown", lines: [], apart: false };
  }

  /** A piece knows the links that were defined before it. */
  #withContext(piece: Piece): Piece {
    if (piece.kind === "code" || this.#definitions.length === 0) return piece;
    const mayUse = piece.lines.some((line) => line.includes("[") && !isLinkDefinition(line));
    return mayUse ? { ...piece, below: [...this.#definitions] } : piece;
  }
}

/** A string of its own: a slice keeps all of the text it was cut from, and each time the text grows that is another one. */
function copied(slice: string): string {
  return ` ${slice}`.slice(1);
}

/** Where a line that is too long is cut: between two words if there are any. */
function cutAt(line: string): number {
  const space = line.lastIndexOf(" ", limits.openPiece - 1);
  if (space > limits.openPiece / 2) return space + 1;
  const high = line.charCodeAt(limits.openPiece - 1);
  return high >= 0xd800 && high < 0xdc00 ? limits.openPiece - 1 : limits.openPiece;
}
