import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = new Set([".js", ".css", ".html", ".svg", ".json", ".webmanifest"]);
/** Bytes; below this a header costs more than it saves. */
const worthIt = 1024;
/** Bytes; above this brotli's best level takes seconds for a percent. */
const large = 512 * 1024;

/** Writes `name.br` and `name.gz` beside every file that gets smaller by it. */
export async function compress(folder: string): Promise<void> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.map((name) => join(folder, name)).filter((file) => compressible.has(extname(file)));
  await Promise.all(files.filter((file) => statSync(file).size >= worthIt).map((file) => compressFile(file)));
}

async function compressFile(file: string): Promise<void> {
  const content = readFileSync(file);
  const quality = content.length > large ? 9 : constants.BROTLI_MAX_QUALITY;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  if (br.length < content.length) writeFileSync(`${file}.br`, br);
  if (gz.length < content.length) writeFileSync(`${file}.gz`, gz);
}
